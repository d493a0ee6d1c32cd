package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.hash.Hashing;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Paths;
import dev.drydock.cluster.os.Program;
import dev.drydock.cluster.os.shell.SimpleCommands;
import java.util.Map;

/// The program with many names: which applet it is depends on what it was called.
public final class BusyBox {
  /// What executable files name it.
  public static final String NAME = "busybox";

  private static final ImmutableSortedMap<String, Applet> APPLETS = applets();

  private BusyBox() {}

  /// The names of all applets, for the links of an image.
  public static ImmutableList<String> names() {
    return APPLETS.keySet().asList();
  }

  public static Program start(ImmutableList<String> argv, ImmutableMap<String, String> env) {
    String name = Paths.baseName(argv.get(0)).replaceFirst("^-", "");
    if (name.equals("busybox")) {
      return argv.size() > 1 && APPLETS.containsKey(argv.get(1))
          ? start(argv.subList(1, argv.size()), env)
          : new Once(BusyBox::describe, argv);
    }
    if (name.equals("curl")) {
      return Wget.curl(argv);
    }
    Applet applet = APPLETS.get(name);
    return applet == null ? new Once((io, _) -> unknown(io, name), argv) : applet.start(argv, env);
  }

  private static int unknown(Io io, String name) {
    io.err(name + ": applet not found");
    return 127;
  }

  private static int describe(Io io, ImmutableList<String> argv) {
    if (argv.size() > 1 && !argv.get(1).startsWith("-")) {
      return unknown(io, argv.get(1));
    }
    if (argv.contains("--list")) {
      APPLETS.keySet().forEach(io::line);
      return 0;
    }
    io.line("BusyBox v1.37.0 multi-call binary.");
    io.line("");
    io.line("Currently defined functions:");
    io.line("\t" + String.join(", ", APPLETS.keySet()));
    return 0;
  }

  private static ImmutableSortedMap<String, Applet> applets() {
    Map<String, Applet> all = new java.util.HashMap<>();
    all.put("sh", Sh::new);
    all.put("ash", Sh::new);
    files(all);
    text(all);
    system(all);
    network(all);
    return ImmutableSortedMap.copyOf(all);
  }

  private static Applet saying(String text) {
    return Applet.once(
        (io, _) -> {
          io.out(text);
          return 0;
        });
  }

  private static void network(Map<String, Applet> all) {
    all.put("wget", (argv, _) -> Wget.wget(argv));
    all.put("nc", Nc.applet());
    all.put("ping", Ping.applet());
    all.put("nslookup", Applet.once(NetApplets::nslookup));
    all.put("ip", Applet.once(NetApplets::ip));
    all.put("ifconfig", Applet.once(NetApplets::ifconfig));
    all.put("netstat", Applet.once(NetApplets::netstat));
  }

  private static void files(Map<String, Applet> all) {
    all.put("ls", Applet.once(Ls::run));
    all.put("cat", (argv, _) -> Cat.cat(argv));
    all.put("tee", (argv, _) -> new Cat.Tee(argv));
    all.put("touch", Applet.once(FileApplets::touch));
    all.put("rm", Applet.once(FileApplets::rm));
    all.put("mkdir", Applet.once(FileApplets::mkdir));
    all.put("rmdir", Applet.once(FileApplets::rmdir));
    all.put("cp", Applet.once(Copy::cp));
    all.put("mv", Applet.once(Copy::mv));
    all.put("ln", Applet.once(FileApplets::ln));
    all.put("chmod", Applet.once(FileApplets::chmod));
    all.put("chown", Applet.once(FileApplets::chown));
    all.put("chgrp", Applet.once(FileApplets::chown));
    all.put("readlink", Applet.once(FileApplets::readlink));
    all.put("realpath", Applet.once(FileApplets::readlink));
    all.put("stat", Applet.once(FileApplets::stat));
    all.put("df", Applet.once(FileApplets::df));
    all.put("du", Applet.once(FileApplets::du));
    all.put("mount", Applet.once(FileApplets::mount));
    all.put("mktemp", Applet.once(FileApplets::mktemp));
    all.put("truncate", Applet.once(FileApplets::truncate));
  }

  private static void text(Map<String, Applet> all) {
    Applet grep = (argv, _) -> new GrepStart(argv);
    all.put("grep", grep);
    all.put("awk", (argv, _) -> new Awk.Start(argv));
    all.put("sed", (argv, _) -> new SedStart(argv));
    all.put("egrep", grep);
    all.put("fgrep", grep);
    all.put("head", head());
    all.put("tail", Tail.applet());
    all.put("wc", Applet.slurping("lwcmL", 0, TextApplets::wc));
    all.put("sort", Applet.slurping("nrufbdghizsMVk:t:o:T:S:", 0, TextApplets::sort));
    all.put("uniq", Applet.filtering("cduif:s:w:", 0, TextApplets.Uniq::new));
    all.put("cut", Applet.filtering("b:c:f:d:sn", 0, TextApplets::cut));
    all.put("tr", Applet.filtering("cCdst", 2, TextApplets.Tr::new));
    all.put("nl", Applet.filtering("b:w:s:", 0, _ -> new TextApplets.Numbering(true)));
    all.put("tac", Applet.slurping("", 0, TextApplets::tac));
    all.put(
        "rev",
        Applet.filtering(
            "",
            0,
            _ ->
                new TextApplets.Mapping(
                    line -> line == null ? null : new StringBuilder(line).reverse().toString())));
    all.put("base64", Applet.slurping("dw:", 0, TextApplets::base64));
    all.put("md5sum", TextApplets.digest(md5()));
    all.put("sha1sum", TextApplets.digest(sha1()));
    all.put("sha256sum", TextApplets.digest(Hashing.sha256()));
    all.put("sha512sum", TextApplets.digest(Hashing.sha512()));
    all.put("hexdump", Applet.slurping("Cvn:s:", 0, TextApplets::hexdump));
    all.put("seq", Applet.once(TextApplets::seq));
  }

  /// `head`, with the old form `-5` for `-n 5`.
  private static Applet head() {
    Applet head = Applet.filtering("n:c:qv", 0, TextApplets::head);
    return (argv, env) -> {
      boolean old = argv.size() > 1 && argv.get(1).matches("-[0-9]+");
      return head.start(
          old
              ? ImmutableList.<String>builder()
                  .add(argv.get(0), "-n", argv.get(1).substring(1))
                  .addAll(argv.subList(2, argv.size()))
                  .build()
              : argv,
          env);
    };
  }

  @SuppressWarnings("deprecation") // These two are what the programs compute, weak as they are.
  private static com.google.common.hash.HashFunction md5() {
    return Hashing.md5();
  }

  @SuppressWarnings("deprecation")
  private static com.google.common.hash.HashFunction sha1() {
    return Hashing.sha1();
  }

  private static void system(Map<String, Applet> all) {
    all.put("true", Applet.once((_, _) -> 0));
    all.put("false", Applet.once((_, _) -> 1));
    all.put("sync", Applet.once((_, _) -> 0));
    all.put("echo", Applet.once(SimpleCommands::echo));
    all.put("printf", Applet.once(SimpleCommands::printf));
    all.put("test", Applet.once(SimpleCommands::test));
    all.put("[", Applet.once(SimpleCommands::test));
    all.put("pwd", Applet.once(SimpleCommands::pwd));
    all.put("kill", Applet.once((io, argv) -> SimpleCommands.kill(io, "kill: ", argv)));
    all.put("sleep", (argv, _) -> new Sleep(argv, null));
    all.put("usleep", (argv, _) -> new Sleep(ImmutableList.of("sleep", "0.001"), null));
    all.put("date", Applet.once(SystemApplets::date));
    all.put("env", SystemApplets.Env::new);
    all.put("printenv", Applet.once(SystemApplets::printenv));
    all.put("hostname", Applet.once(SystemApplets::hostname));
    all.put("id", Applet.once(SystemApplets::id));
    all.put("whoami", Applet.once(SystemApplets::whoami));
    all.put("ps", Applet.once(SystemApplets::ps));
    all.put("top", Applet.once(SystemApplets::top));
    all.put("pidof", Applet.once(SystemApplets::find));
    all.put("pgrep", Applet.once(SystemApplets::find));
    all.put("pkill", Applet.once(SystemApplets::find));
    all.put("killall", Applet.once(SystemApplets::find));
    all.put("uname", Applet.once(SystemApplets::uname));
    all.put("arch", saying("x86_64\n"));
    all.put("nproc", saying("2\n"));
    all.put("clear", saying("\u001b[H\u001b[J"));
    all.put("tty", Applet.once(SystemApplets::tty));
    all.put("expr", Applet.once(Expr::run));
    all.put("dd", Dd.applet());
    all.put("watch", Watch.applet());
    all.put("xargs", Xargs.applet());
    all.put("find", Find.Start::new);
    all.put("tar", Tar.applet());
    all.put("free", Applet.once(SystemApplets::free));
    all.put("uptime", Applet.once(SystemApplets::uptime));
    all.put("which", Applet.once(SystemApplets::which));
    all.put("basename", Applet.once(SystemApplets::basename));
    all.put("dirname", Applet.once(SystemApplets::dirname));
    all.put("timeout", Timeout.applet());
    all.put(
        "yes",
        (argv, _) ->
            new SystemApplets.Yes(
                (argv.size() > 1 ? String.join(" ", argv.subList(1, argv.size())) : "y") + "\n"));
    all.put(
        "nohup",
        (argv, env) ->
            argv.size() > 1
                ? new Launch("nohup", argv.subList(1, argv.size()), env)
                : new Once((io, _) -> unknown(io, "nohup"), argv));
  }
}
