package dev.drydock.cluster.os.applets;

import dev.drydock.cluster.os.OsException;
import dev.drydock.cluster.os.Sys;

/// Names of users and groups, from /etc/passwd and /etc/group.
final class Users {
  private Users() {}

  static String user(Sys sys, int id) {
    return name(sys, "/etc/passwd", id);
  }

  static String group(Sys sys, int id) {
    return name(sys, "/etc/group", id);
  }

  private static String name(Sys sys, String file, int id) {
    return find(sys, file, 2, Integer.toString(id), 0, Integer.toString(id));
  }

  /// The id of a name or number; -1 if there is none.
  static int id(Sys sys, boolean group, String name) {
    if (name.matches("[0-9]{1,9}")) {
      return Integer.parseInt(name);
    }
    String found = find(sys, group ? "/etc/group" : "/etc/passwd", 0, name, 2, "-1");
    return found.matches("-?[0-9]{1,9}") ? Integer.parseInt(found) : -1;
  }

  private static String find(
      Sys sys, String file, int keyField, String key, int field, String otherwise) {
    try {
      for (String line : sys.readFile(file).split("\n")) {
        String[] fields = line.split(":");
        if (fields.length > Math.max(keyField, field) && fields[keyField].equals(key)) {
          return fields[field];
        }
      }
    } catch (OsException _) {
      return otherwise;
    }
    return otherwise;
  }
}
