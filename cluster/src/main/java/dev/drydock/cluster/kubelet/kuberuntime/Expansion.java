package dev.drydock.cluster.kubelet.kuberuntime;

import java.util.Map;

/// Expands `$(NAME)` in commands, arguments and values; `$$` is a dollar sign. Unknown names stay
/// as they are. Models third_party/forked/golang/expansion.
final class Expansion {
  private Expansion() {}

  static String expand(String text, Map<String, String> variables) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '$' || at + 1 == text.length()) {
        out.append(c);
        at++;
        continue;
      }
      char following = text.charAt(at + 1);
      int close = text.indexOf(')', at);
      if (following == '$') {
        out.append('$');
        at += 2;
      } else if (following == '(' && close > 0) {
        String name = text.substring(at + 2, close);
        String value = variables.get(name);
        out.append(value == null ? "$(" + name + ")" : value);
        at = close + 1;
      } else {
        out.append(c).append(following);
        at += 2;
      }
    }
    return out.toString();
  }
}
