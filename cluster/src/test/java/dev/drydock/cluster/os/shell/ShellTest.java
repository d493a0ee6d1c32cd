package dev.drydock.cluster.os.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.os.Machine;
import dev.drydock.cluster.os.Machine.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What scripts print. Each row is a script and its output; `\n` between lines.
class ShellTest {
  private static final String[][] SCRIPTS = {
    // quoting and words
    {"echo a  b 'c  d' \"e  f\"", "a b c  d e  f\n"},
    {"echo \"a\\\"b\\$c\\\\d\\e\" 'x\\y'", "a\"b$c\\d\\e x\\y\n"},
    {"echo a\\ b \"\" c", "a b  c\n"},
    {"x='a  b'; echo $x; echo \"$x\"", "a b\na  b\n"},
    {"echo 'it'\\''s'", "it's\n"},
    {"echo $'a\\tb'", "a\tb\n"},
    {"echo a#b # comment", "a#b\n"},
    // parameters
    {"echo ${x:-d} ${x-d}; x=; echo [${x:-d}] [${x-d}]", "d d\n[d] []\n"},
    {"echo ${x:=v} $x", "v v\n"},
    {"x=1; echo ${x:+set} ${y:+set}.", "set .\n"},
    {
      "x=path/to/file.tar.gz; echo ${x##*/} ${x#*/} ${x%.*} ${x%%.*}",
      "file.tar.gz to/file.tar.gz path/to/file.tar path/to/file\n"
    },
    {"x=hello; echo ${#x} ${x/l/L} ${x//l/L} ${x:1:3} ${x:3}", "5 heLlo heLLo ell lo\n"},
    {
      "set -- a 'b c' d; echo $# $2; for i in \"$@\"; do echo [$i]; done",
      "3 b c\n[a]\n[b c]\n[d]\n"
    },
    {"set -- a b; shift; echo $1 $#; IFS=,; set -- x y; echo \"$*\"", "b 1\nx,y\n"},
    {"set --; for i in \"$@\"; do echo no; done; echo \"[$*]\"", "[]\n"},
    {"echo $0 $1 $2", "sh\n"},
    {"x=1; unset x; echo [$x]", "[]\n"},
    {"x='*'; cd /etc; echo \"$x\"", "*\n"},
    {"x=a:b::c; IFS=:; for i in $x; do echo [$i]; done", "[a]\n[b]\n[]\n[c]\n"},
    {"a=1 b=2; echo $a$b; c=$a$b; echo $c", "12\n12\n"},
    {"X=1 sh -c 'echo $X'; echo [$X]", "1\n[]\n"},
    // commands and arithmetic
    {"echo $(echo a; echo b)", "a b\n"},
    {"echo \"$(echo a; echo b)\"", "a\nb\n"},
    {"echo `echo \\`echo nested\\``", "nested\n"},
    {"x=$(false); echo $?; x=$(exit 3); echo $?", "1\n3\n"},
    {"echo $((1+2*3)) $(((1+2)*3)) $((7/2)) $((7%3)) $((2**10)) $((1<<4))", "7 9 3 1 1024 16\n"},
    {"i=5; echo $((i+1)) $((i++)) $i $((++i)) $((i+=10)) $i", "6 5 6 7 17 17\n"},
    {
      "echo $((3>2)) $((3==2)) $((1&&0)) $((1||0)) $((!1)) $((5>3?10:20)) $((0x1f)) $((010))",
      "1 0 0 1 0 10 31 8\n"
    },
    {"i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo $i; done", "1\n2\n3\n"},
    // control
    {
      "if true; then echo y; else echo n; fi; if false; then echo y; elif true; then echo e; fi",
      "y\ne\n"
    },
    {"for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done", "1\n3\n"},
    {
      "for i in 1 2 3; do for j in a b; do [ $j = b ] && continue 2; [ $i = 3 ] && break 2; echo $i$j; done; done",
      "1a\n2a\n"
    },
    {"until [ -n \"$x\" ]; do x=1; echo once; done", "once\n"},
    {"case abc in a*) echo one;; *) echo two;; esac; case x in a|x) echo ax;; esac", "one\nax\n"},
    {"case '*' in '*') echo star;; esac; case a in [!b]) echo notb;; esac", "star\nnotb\n"},
    {"f() { echo $1; return 3; }; f hi; echo $?", "hi\n3\n"},
    {"f() { local x=2; echo $x; }; x=1; f; echo $x", "2\n1\n"},
    {"f() { echo $#; }; f a b; set -- x; f; echo $1", "2\n0\nx\n"},
    {"true && echo a || echo b; false && echo a || echo b; ! false; echo $?", "a\nb\n0\n"},
    {"{ echo a; echo b; } | cat; (x=1; echo $x); echo [$x]", "a\nb\n1\n[]\n"},
    {"x=1; { x=2; }; echo $x", "2\n"},
    {"eval 'x=5; echo $x'; echo $x", "5\n5\n"},
    // redirection
    {"echo a > /tmp/f; echo b >> /tmp/f; cat /tmp/f; cat < /tmp/f | wc -l", "a\nb\n2\n"},
    {
      "ls /nosuch 2>/dev/null; echo $?; ls /nosuch 2>&1",
      "1\nls: /nosuch: No such file or directory\n"
    },
    {"cat <<EOF\na $((1+1))\n$(echo x)\nEOF\necho z", "a 2\nx\nz\n"},
    {"cat <<'EOF'\n$x `y`\nEOF", "$x `y`\n"},
    {"cat <<-E\n\t\tin\n\tE\necho out", "in\nout\n"},
    {"while read a b; do echo $b-$a; done <<E\n1 2\n3 4 5\nE", "2-1\n4 5-3\n"},
    {"exec 3>/tmp/x; echo hi >&3; exec 3>&-; cat /tmp/x", "hi\n"},
    {"for i in a b; do echo $i; done > /tmp/l; cat /tmp/l", "a\nb\n"},
    {"printf 'l1\\nl2\\n' | while read x; do echo [$x]; done", "[l1]\n[l2]\n"},
    {"echo one two | { read a b; echo $b; }", "two\n"},
    // globs
    {
      "cd /tmp; touch a.txt b.txt c; echo *.txt; echo *.none; echo [ab].txt",
      "a.txt b.txt\n*.none\na.txt b.txt\n"
    },
    {"mkdir -p /tmp/d/e; touch /tmp/d/e/f; echo /tmp/*/e/*", "/tmp/d/e/f\n"},
    // processes
    {"sleep 2 & p=$!; wait $p; echo $?", "0\n"},
    {"(exit 4) & wait $!; echo $?", "4\n"},
    {"sleep 100 & kill $!; wait $!; echo $?", "143\n"},
    {"trap 'echo bye' EXIT; echo hi; exit 3", "hi\nbye\n"},
    {"trap 'echo got' USR1; kill -USR1 $$; echo after", "got\nafter\n"},
    {"yes | head -2", "y\ny\n"},
    {"seq 3 | sort -r | tr '\\n' ' '", "3 2 1 "},
    {"echo $(seq 1000) | wc -w", "1000\n"},
    {"f() { if [ $1 -gt 0 ]; then f $(($1-1)); echo $1; fi; }; f 3", "1\n2\n3\n"},
    {
      "set -e; true; false || echo ok; if false; then :; fi; echo here; false; echo never",
      "ok\nhere\n"
    },
    {"set -u; echo a; echo $undefined; echo never", "a\n"},
    {"x=5; readonly x; echo $x", "5\n"},
    {"export A=1; env | grep ^A=", "A=1\n"},
    {"set -o pipefail; false | true; echo $?", "1\n"},
    {
      "printf '%s=%d\\n' a 1 b 2; printf '%5.2f|%-4s|%04d|%x\\n' 3.14159 ab 7 255",
      "a=1\nb=2\n 3.14|ab  |0007|ff\n"
    },
    {"while getopts ab:c o -a -b val x; do echo $o $OPTARG; done; echo $OPTIND", "a\nb val\n4\n"},
    {
      "[ 1 -lt 2 -a x = x ] && echo y; [ -z '' ] && [ -n a ] && [ ! -e /nope ] && [ -d /tmp ] && echo z",
      "y\nz\n"
    },
    {"test -f /bin/busybox && echo f; [ a != b ] && echo ne", "f\nne\n"},
    {"command -v ls; type echo", "/bin/ls\necho is a shell builtin\n"},
    {"echo -e 'a\\tb\\n'c; echo -n x; echo", "a\tb\nc\nx\n"},
    {"i=0; while true; do i=$((i+1)); if [ $i -gt 500 ]; then break; fi; done; echo $i", "501\n"},
    {"cat /etc/hostname; hostname", "box\nbox\n"},
    {"cd /tmp && pwd && cd - && cd /usr/bin/.. && pwd", "/tmp\n/\n/usr\n"},
    {
      "echo 'echo from $1' > /tmp/s.sh; sh /tmp/s.sh arg; chmod +x /tmp/s.sh; /tmp/s.sh other",
      "from arg\nfrom other\n"
    },
    {
      "printf '#!/bin/sh\\necho shebang $0\\n' > /tmp/s; chmod 755 /tmp/s; /tmp/s",
      "shebang /tmp/s\n"
    },
    {"echo 'v=7' > /tmp/lib; . /tmp/lib; echo $v", "7\n"},
    {"timeout 1 sleep 5; echo $?", "143\n"},
    {"x=$(printf 'a\\nb'); case \"$x\" in *'\n'*) echo multi;; esac", "multi\n"},
    {"alias x=y; times > /dev/null; umask", "0022\n"},
    {"if ! grep -q root /etc/passwd; then echo no; else echo yes; fi", "yes\n"},
    {"[ $(echo a | wc -l) -ge 1 ] && echo ok", "ok\n"},
    {"x=a; x=${x}b${x}; echo $x ~root", "aba /root\n"},
    {"set -x; echo hi", "hi\n"},
    {"echo a; exit; echo b", "a\n"},
    {"! true; echo $?", "1\n"},
    {"a=b; case $a in (b) echo paren;; esac", "paren\n"},
    {"echo {a,b} ~x", "{a,b} ~x\n"},
  };

  @TestFactory
  List<DynamicTest> printsWhatBusyboxPrints() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String[] row : SCRIPTS) {
      tests.add(
          DynamicTest.dynamicTest(
              row[0].replace('\n', '~'),
              () -> assertThat(Machine.sh(row[0]).out()).isEqualTo(row[1])));
    }
    return tests;
  }

  private static final Object[][] ERRORS = {
    {"nosuch", "sh: nosuch: not found\n", 127},
    {"/nosuch", "sh: /nosuch: not found\n", 127},
    {"/etc", "sh: /etc: Permission denied\n", 126},
    {"cat < /nosuch", "sh: can't open /nosuch: no such file\n", 1},
    {"echo x > /nosuch/y", "sh: can't create /nosuch/y: nonexistent directory\n", 1},
    {"echo x > /etc", "sh: can't create /etc: Is a directory\n", 1},
    {"cd /nosuch", "sh: cd: line 1: can't cd to /nosuch: No such file or directory\n", 2},
    {"${x?}", "sh: x: parameter not set\n", 2},
    {": ${x:?is missing}", "sh: x: is missing\n", 2},
    {"set -u; echo $x", "sh: x: parameter not set\n", 2},
    {"if true; then", "sh: syntax error: unexpected end of file (expecting \"fi\")\n", 2},
    {"echo a )", "sh: syntax error: unexpected \")\"\n", 2},
    {"echo $((1/0))", "sh: divide by zero\n", 2},
    {"echo 'abc", "sh: syntax error: unterminated quoted string\n", 2},
    {"exit 300", "", 44},
    {"sh -c 'kill -9 $$'; exit $?", "Killed\n", 137},
    {"[ a -eq 1 ]", "sh: a: bad number\n", 2},
    {"readonly x=1; x=2", "sh: x: is read only\n", 2},
  };

  @TestFactory
  List<DynamicTest> complainsAsBusyboxDoes() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Object[] row : ERRORS) {
      tests.add(
          DynamicTest.dynamicTest(
              (String) row[0],
              () -> {
                Result result = Machine.sh((String) row[0]);
                assertThat(result.err()).isEqualTo(row[1]);
                assertThat(result.code()).isEqualTo(row[2]);
              }));
    }
    return tests;
  }

  @Test
  void becomesTheLastCommandOfItsScript() {
    var machine = new Machine();
    String box =
        machine.start(
            machine.sandbox("p"),
            dev.drydock.cluster.cri.ContainerConfig.of(
                "c", "busybox", "sh", "-c", "echo hi; sleep 3600"));
    machine.settle();
    assertThat(machine.exec(box, "ps").out()).contains("    1 root       0:00 sleep 3600");
    assertThat(machine.log(box)).isEqualTo("hi\n");
  }
}
