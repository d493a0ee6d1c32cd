package dev.drydock.cluster.image;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.os.FileSystem;
import dev.drydock.cluster.os.FileTree;
import dev.drydock.cluster.os.Programs;
import dev.drydock.cluster.os.applets.BusyBox;
import dev.drydock.cluster.os.servers.Servers;

/// The repositories that come with Drydock.
final class BuiltInImages {
  private static final String VERSION = "[0-9]+(\\.[0-9]+){0,2}";
  private static final String KUARD_TAG =
      "(v0\\.10\\.0-)?(blue|green|purple)|[1-9]|v0\\.[89]\\.[0-9]-[1-9]|test";

  private static final long KUARD_BYTES = 11_000_000;

  private BuiltInImages() {}

  static Programs programs() {
    return (name, argv, env) ->
        name.equals(BusyBox.NAME) || name.equals("curl")
            ? BusyBox.start(argv, env)
            : Servers.start(name, argv, env);
  }

  static ImmutableMap<String, Repository> repositories() {
    var all = ImmutableMap.<String, Repository>builder();
    tools(all);
    servers(all);
    FileTree curl = BaseFiles.distribution("alpine", "Alpine Linux", "3.21");
    BaseFiles.program(curl, "usr/bin/curl", "curl", 300_000);
    var curlImage =
        Repository.of(VERSION, config("curl").withUser("nobody"), curl.fileSystem(), 9_000_000);
    all.put("docker.io/curlimages/curl", curlImage);
    all.put("gcr.io/kuar-demo/kuard-amd64", kuard());
    all.put("gcr.io/kuar-demo/kuard", kuard());
    SystemImages.addTo(all);
    var stress =
        Repository.of(
            "1\\.0\\.[0-9]",
            config("stress").withEntrypoint(),
            withProgram("usr/bin/stress", "stress"),
            4_000_000);
    all.put("docker.io/polinux/stress", stress);
    all.put(
        "docker.io/vish/stress",
        Repository.of(
            "none",
            config().withEntrypoint("/stress"),
            withProgram("stress", "stress"),
            1_500_000));
    return all.buildOrThrow();
  }

  private static ImageConfig config(String... command) {
    return ImageConfig.command(command);
  }

  private static FileSystem withProgram(String path, String program) {
    FileTree tree = BaseFiles.busybox();
    BaseFiles.program(tree, path, program, 740_000);
    return tree.fileSystem();
  }

  private static void tools(ImmutableMap.Builder<String, Repository> all) {
    var busybox =
        Repository.of(
            VERSION + "(-(glibc|musl|uclibc))?|stable|unstable|glibc|musl|uclibc",
            config("sh"),
            BaseFiles.busybox().fileSystem(),
            2_200_000);
    all.put("docker.io/library/busybox", busybox);
    all.put("registry.k8s.io/busybox", busybox);
    all.put("gcr.io/google-containers/busybox", busybox);
    FileSystem alpine = BaseFiles.distribution("alpine", "Alpine Linux", "3.21").fileSystem();
    all.put(
        "docker.io/library/alpine",
        Repository.of(VERSION + "|edge", config("/bin/sh"), alpine, 3_600_000));
    FileSystem debian = BaseFiles.distribution("debian", "Debian GNU/Linux", "13").fileSystem();
    all.put(
        "docker.io/library/debian",
        Repository.of(
            VERSION + "|(stable|trixie|bookworm|bullseye)(-slim)?",
            config("sh"),
            debian,
            48_000_000));
    FileSystem ubuntu = BaseFiles.distribution("ubuntu", "Ubuntu", "24.04").fileSystem();
    all.put(
        "docker.io/library/ubuntu",
        Repository.of(VERSION + "|noble|jammy", config("sh"), ubuntu, 29_000_000));
  }

  private static void servers(ImmutableMap.Builder<String, Repository> all) {
    FileTree nginx = BaseFiles.distribution("debian", "Debian GNU/Linux", "13");
    BaseFiles.program(nginx, "usr/sbin/nginx", "nginx", 1_500_000);
    BaseFiles.program(nginx, "usr/bin/curl", "curl", 300_000);
    nginx.file("usr/share/nginx/html/index.html", Servers.NGINX_WELCOME, 0644);
    nginx.file("usr/share/nginx/html/50x.html", Servers.NGINX_ERROR, 0644);
    nginx.file("etc/nginx/nginx.conf", Servers.NGINX_CONF, 0644);
    nginx.file("etc/nginx/conf.d/default.conf", Servers.NGINX_DEFAULT_CONF, 0644);
    int _ = nginx.directory("var/log/nginx", 0755);
    nginx.link("var/log/nginx/access.log", "/dev/stdout");
    nginx.link("var/log/nginx/error.log", "/dev/stderr");
    all.put(
        "docker.io/library/nginx",
        Repository.of(
            VERSION + "(-(alpine|slim|perl))?|alpine|stable|mainline|stable-alpine",
            config("nginx", "-g", "daemon off;").withEnv("NGINX_VERSION", "1.27.5").withPorts(80),
            nginx.fileSystem(),
            72_000_000));
    FileTree httpd = BaseFiles.distribution("debian", "Debian GNU/Linux", "13");
    BaseFiles.program(httpd, "usr/local/apache2/bin/httpd", "httpd", 1_000_000);
    httpd.link("usr/local/bin/httpd-foreground", "/usr/local/apache2/bin/httpd");
    httpd.file(
        "usr/local/apache2/htdocs/index.html",
        "<html><body><h1>It works!</h1></body></html>\n",
        0644);
    all.put(
        "docker.io/library/httpd",
        Repository.of(
            VERSION + "(-alpine)?|alpine",
            config("httpd-foreground").withPorts(80).withWorkingDir("/usr/local/apache2"),
            httpd.fileSystem(),
            58_000_000));
    FileTree redis = BaseFiles.distribution("debian", "Debian GNU/Linux", "13");
    BaseFiles.program(redis, "usr/local/bin/redis-server", "redis-server", 14_000_000);
    BaseFiles.program(redis, "usr/local/bin/redis-cli", "redis-cli", 7_000_000);
    int _ = redis.directory("data", 0777);
    all.put(
        "docker.io/library/redis",
        Repository.of(
            VERSION + "(-alpine)?|alpine",
            config("redis-server").withPorts(6379).withWorkingDir("/data"),
            redis.fileSystem(),
            46_000_000));
    databases(all);
    FileTree agnhost = BaseFiles.distribution("alpine", "Alpine Linux", "3.21");
    BaseFiles.program(agnhost, "agnhost", "agnhost", 40_000_000);
    all.put(
        "registry.k8s.io/e2e-test-images/agnhost",
        Repository.of(
            VERSION, config("pause").withEntrypoint("/agnhost"), agnhost.fileSystem(), 50_000_000));
  }

  private static void databases(ImmutableMap.Builder<String, Repository> all) {
    FileTree postgres = BaseFiles.distribution("debian", "Debian GNU/Linux", "13");
    BaseFiles.program(postgres, "usr/local/bin/postgres", "postgres", 9_000_000);
    int _ = postgres.directory("var/lib/postgresql/data", 0777);
    all.put(
        "docker.io/library/postgres",
        Repository.of(
            VERSION + "(-alpine)?|alpine",
            config("postgres").withPorts(5432).withEnv("PGDATA", "/var/lib/postgresql/data"),
            postgres.fileSystem(),
            150_000_000));
    FileTree mysql = BaseFiles.distribution("ol", "Oracle Linux Server", "9");
    BaseFiles.program(mysql, "usr/sbin/mysqld", "mysqld", 60_000_000);
    int _ = mysql.directory("var/lib/mysql", 0777);
    Repository repository =
        Repository.of(
            VERSION + "|lts", config("mysqld").withPorts(3306), mysql.fileSystem(), 190_000_000);
    all.put("docker.io/library/mysql", repository);
    all.put("docker.io/library/mariadb", repository);
  }

  /// kuard, with busybox beside it as its own image has; its program knows the tag.
  private static Repository kuard() {
    FileTree base = BaseFiles.busybox();
    BaseFiles.program(base, "kuard", "kuard:blue", KUARD_BYTES);
    FileSystem shared = base.fileSystem();
    return new Repository(
        tag -> tag.matches(KUARD_TAG),
        _ -> config("/kuard").withUser("nobody:nobody").withPorts(8080),
        tag -> {
          FileTree tree = BaseFiles.edit(shared);
          BaseFiles.program(tree, "kuard", "kuard:" + tag, KUARD_BYTES);
          return tree.fileSystem();
        },
        12_000_000);
  }
}
