package dev.drydock.cluster.os;

import java.time.Instant;

/// What an inode says about itself.
///
/// @param mode permission bits only, like 0644
/// @param links how many names it has
public record Meta(int mode, int uid, int gid, Instant modified, int links) {
  Meta withLinks(int value) {
    return new Meta(mode, uid, gid, modified, value);
  }

  Meta withModified(Instant time) {
    return new Meta(mode, uid, gid, time, links);
  }

  Meta withMode(int value) {
    return new Meta(value & 07777, uid, gid, modified, links);
  }

  Meta withOwner(int newUid, int newGid) {
    return new Meta(mode, newUid < 0 ? uid : newUid, newGid < 0 ? gid : newGid, modified, links);
  }

  /// True if the user may do what the bits (4 read, 2 write, 1 execute) ask.
  boolean allows(int user, int group, int bits) {
    if (user == 0) {
      return (bits & 1) == 0 || (mode & 0111) != 0;
    }
    int shift = user == uid ? 6 : group == gid ? 3 : 0;
    return (mode >> shift & bits) == bits;
  }
}
