package dev.drydock.server.terminal;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;

/// The shell itself: bash, or the plain one where there is no bash.
final class ShellProgram {
  private static final ImmutableList<Path> BASH =
      ImmutableList.of(Path.of("/bin/bash"), Path.of("/usr/bin/bash"));

  private ShellProgram() {}

  /// @param startup the path of the startup file as the shell sees it
  static ImmutableList<String> command(String startup) {
    return BASH.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .map(bash -> ImmutableList.of(bash.toString(), "--rcfile", startup, "-i"))
        .orElse(ImmutableList.of("/bin/sh", "-i"));
  }

  /// What the shell reads first. Completion is loaded by the first Tab, because it costs a start of
  /// kubectl.
  static String startup() {
    return """
        PS1='\\[\\e[1;34m\\]\\w\\[\\e[0m\\] $ '
        PROMPT_DIRTRIM=2
        HISTSIZE=2000
        HISTFILE=~/.bash_history
        alias k=kubectl
        alias ls='ls --color=auto'
        alias grep='grep --color=auto'
        if [ -r /usr/share/bash-completion/bash_completion ]; then
          . /usr/share/bash-completion/bash_completion
        fi
        _drydock_kubectl() {
          . <(kubectl completion bash 2>/dev/null) || return 1
          complete -o default -F __start_kubectl k kubectl
          return 124
        }
        complete -F _drydock_kubectl kubectl k
        """;
  }
}
