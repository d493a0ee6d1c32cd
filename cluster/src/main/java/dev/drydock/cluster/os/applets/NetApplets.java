package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Sys;

/// Programs that tell about the network. Model busybox networking.
final class NetApplets {
  private NetApplets() {}

  static int nslookup(Io io, ImmutableList<String> argv) {
    Options options = Options.parse(argv, "");
    ImmutableList<String> words = options.operands();
    Sys sys = io.sys();
    if (words.isEmpty()) {
      io.err("Usage: nslookup HOST [DNS_SERVER]");
      return 1;
    }
    String host = words.get(0);
    ImmutableList<String> servers = sys.nameServers();
    String server =
        words.size() > 1 ? words.get(1) : servers.isEmpty() ? "127.0.0.1" : servers.get(0);
    if (!sys.isServed(server)) {
      io.line(";; connection timed out; no servers could be reached");
      io.line("");
      return 1;
    }
    io.line("Server:\t\t" + server).line("Address:\t" + server + ":53").line("");
    Sys.Lookup found = null;
    for (String candidate : sys.candidates(host)) {
      found = found == null ? sys.query(candidate) : found;
    }
    if (found == null) {
      io.line("** server can't find " + host + ": NXDOMAIN").line("");
      return 1;
    }
    for (String address : found.addresses()) {
      io.line("Name:\t" + found.name()).line("Address: " + address);
    }
    io.line("");
    return 0;
  }

  static int ip(Io io, ImmutableList<String> argv) {
    String what = argv.size() > 1 ? argv.get(1) : "a";
    String address = io.sys().address();
    if ("address".startsWith(what) || "addr".equals(what)) {
      io.line("1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000");
      io.line("    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00");
      io.line("    inet 127.0.0.1/8 scope host lo");
      io.line("       valid_lft forever preferred_lft forever");
      io.line("2: eth0@if3: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue");
      io.line("    link/ether " + hardware(address) + " brd ff:ff:ff:ff:ff:ff");
      io.line(
          "    inet %s/24 brd %s scope global eth0".formatted(address, prefix(address) + "255"));
      io.line("       valid_lft forever preferred_lft forever");
      return 0;
    }
    if ("route".startsWith(what)) {
      io.line("default via " + prefix(address) + "1 dev eth0");
      io.line(prefix(address) + "0/24 via " + prefix(address) + "1 dev eth0  src " + address);
      return 0;
    }
    if ("link".startsWith(what)) {
      io.line("1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000");
      io.line("2: eth0@if3: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue");
      return 0;
    }
    io.err("ip: invalid argument '" + what + "' to 'ip'");
    return 1;
  }

  private static String prefix(String address) {
    return address.substring(0, address.lastIndexOf('.') + 1);
  }

  private static String hardware(String address) {
    var out = new StringBuilder("0a:58");
    for (String part : address.split("\\.")) {
      out.append(':').append("%02x".formatted(Integer.parseInt(part)));
    }
    return out.toString();
  }

  static int ifconfig(Io io, ImmutableList<String> argv) {
    String address = io.sys().address();
    io.line(
        "eth0      Link encap:Ethernet  HWaddr "
            + hardware(address).toUpperCase(java.util.Locale.ROOT));
    io.line(
        "          inet addr:%s  Bcast:%s255  Mask:255.255.255.0"
            .formatted(address, prefix(address)));
    io.line("          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1");
    io.line("");
    io.line("lo        Link encap:Local Loopback");
    io.line("          inet addr:127.0.0.1  Mask:255.0.0.0");
    io.line("          UP LOOPBACK RUNNING  MTU:65536  Metric:1");
    return 0;
  }

  static int netstat(Io io, ImmutableList<String> argv) {
    io.line("Active Internet connections (only servers)");
    io.line("Proto Recv-Q Send-Q Local Address           Foreign Address         State       ");
    for (String socket : io.sys().listening()) {
      String address = socket.substring(0, socket.indexOf(' '));
      io.line("tcp        0      0 %-23s %-23s LISTEN      ".formatted(address, "0.0.0.0:*"));
    }
    return 0;
  }
}
