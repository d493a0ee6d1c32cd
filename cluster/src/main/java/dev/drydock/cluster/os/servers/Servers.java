package dev.drydock.cluster.os.servers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.os.Program;
import org.jspecify.annotations.Nullable;

/// The servers by the names that executable files give them.
public final class Servers {
  public static final String NGINX_WELCOME =
      """
      <!DOCTYPE html>
      <html>
      <head>
      <title>Welcome to nginx!</title>
      </head>
      <body>
      <h1>Welcome to nginx!</h1>
      <p>If you see this page, the web server is up and answers requests.</p>
      </body>
      </html>
      """;

  public static final String NGINX_ERROR =
      "<!DOCTYPE html>\n<html><head><title>Error</title></head><body><h1>An error occurred.</h1></body></html>\n";

  public static final String NGINX_CONF =
      "worker_processes auto;\nevents { worker_connections 1024; }\nhttp { include /etc/nginx/conf.d/*.conf; }\n";

  public static final String NGINX_DEFAULT_CONF =
      "server {\n    listen 80;\n    location / {\n        root /usr/share/nginx/html;\n        index index.html;\n    }\n}\n";

  private static final String POSTGRES_DEMAND =
      """
      Error: Database is uninitialized and superuser password is not specified.
             You must specify POSTGRES_PASSWORD to a non-empty value for the
             superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".
      """;

  private static final String MYSQL_DEMAND =
      """
      [ERROR] [Entrypoint]: Database is uninitialized and password option is not specified
          You need to specify one of the following as an environment variable:
          - MYSQL_ROOT_PASSWORD
          - MYSQL_ALLOW_EMPTY_PASSWORD
          - MYSQL_RANDOM_ROOT_PASSWORD""";

  private Servers() {}

  /// A server about to start; null if there is none of that name.
  public static @Nullable Program start(
      String name, ImmutableList<String> argv, ImmutableMap<String, String> env) {
    if (name.startsWith("kuard:")) {
      return HttpServer.of(Kuard.of(name.substring(6), argv));
    }
    return switch (name) {
      case "nginx" -> HttpServer.of(new WebSite(true, "/usr/share/nginx/html"));
      case "httpd" -> HttpServer.of(new WebSite(false, "/usr/local/apache2/htdocs"));
      case "agnhost" -> agnhost(argv);
      case "stress" -> Stress.of(argv);
      case "pause" -> Daemon.of(0, 250_000);
      case "redis-server" ->
          Daemon.of(
              6379,
              8L << 20,
              "1:C %t * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo",
              "1:M %t * Server initialized",
              "1:M %t * Ready to accept connections tcp");
      case "postgres" ->
          Daemon.of(
                  5432,
                  30L << 20,
                  "PostgreSQL init process complete; ready for start up.",
                  "%t UTC [1] LOG:  listening on IPv4 address \"0.0.0.0\", port 5432",
                  "%t UTC [1] LOG:  database system is ready to accept connections")
              .demanding(
                  POSTGRES_DEMAND.stripTrailing(),
                  "POSTGRES_PASSWORD",
                  "POSTGRES_HOST_AUTH_METHOD");
      case "mysqld" ->
          Daemon.of(
                  3306,
                  350L << 20,
                  "%t [Note] [Entrypoint]: MySQL init process done. Ready for start up.",
                  "%t [System] [Server] /usr/sbin/mysqld: ready for connections. port: 3306")
              .demanding(
                  MYSQL_DEMAND,
                  "MYSQL_ROOT_PASSWORD",
                  "MYSQL_ALLOW_EMPTY_PASSWORD",
                  "MYSQL_RANDOM_ROOT_PASSWORD",
                  "MARIADB_ROOT_PASSWORD");
      default -> SystemServers.start(name);
    };
  }

  private static Program agnhost(ImmutableList<String> argv) {
    String command = argv.size() > 1 ? argv.get(1) : "pause";
    int port =
        argv.stream()
            .filter(word -> word.matches("--(http-)?port=[0-9]{1,5}"))
            .mapToInt(word -> Integer.parseInt(word.substring(word.indexOf('=') + 1)))
            .findFirst()
            .orElse(command.equals("serve-hostname") ? 9376 : 8080);
    return switch (command) {
      case "netexec" -> HttpServer.of(new Agnhost(port, false));
      case "serve-hostname" -> HttpServer.of(new Agnhost(port, true));
      default -> Daemon.of(0, 1L << 20, "Paused");
    };
  }
}
