package dev.drydock.cluster.os.applets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.os.Machine;
import dev.drydock.cluster.os.Machine.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What the applets print, and how they fail. Each row is a script, its standard output and its
/// standard error.
class AppletsTest {
  private static final String[][] ROWS = {
    {"cd /tmp; touch b a; mkdir d; ls; ls -1a | head -3", "a\nb\nd\n.\n..\na\n", ""},
    {
      "cd /tmp; echo hello > f; ls -l f",
      "-rw-r--r--    1 root     root             6 Nov 22 14:00 f\n",
      ""
    },
    {
      "mkdir /tmp/x; ls -ld /tmp/x; ls -l /tmp",
      "drwxr-xr-x    2 root     root          4096 Nov 22 14:00 /tmp/x\ntotal 4\ndrwxr-xr-x    2 root     root          4096 Nov 22 14:00 x\n",
      ""
    },
    {"ls /nosuch", "", "ls: /nosuch: No such file or directory\n"},
    {"cat /nosuch", "", "cat: can't open '/nosuch': No such file or directory\n"},
    {"cat /tmp", "", "cat: read error: Is a directory\n"},
    {
      "rm /nosuch; rm -f /nosuch; rm /tmp",
      "",
      "rm: can't remove '/nosuch': No such file or directory\nrm: '/tmp' is a directory\n"
    },
    {
      "mkdir /tmp; mkdir /a/b; mkdir -p /a/b/c && ls /a/b",
      "c\n",
      "mkdir: can't create directory '/tmp': File exists\nmkdir: can't create directory '/a/b': No such file or directory\n"
    },
    {"mkdir -p /a/b; rmdir /a", "", "rmdir: '/a': Directory not empty\n"},
    {"cp /nosuch /tmp", "", "cp: can't stat '/nosuch': No such file or directory\n"},
    {"mv /nosuch /tmp", "", "mv: can't rename '/nosuch': No such file or directory\n"},
    {"touch /nosuch/f", "", "touch: /nosuch/f: No such file or directory\n"},
    {"echo 1 > /tmp/a; cp /tmp/a /tmp/b; mv /tmp/b /tmp/c; cat /tmp/c; ls /tmp", "1\na\nc\n", ""},
    {
      "mkdir -p /s/d; echo x > /s/d/f; cp -r /s /t; cat /t/d/f; cp /s /u",
      "x\n",
      "cp: omitting directory '/s'\n"
    },
    {
      "ln -s /etc/passwd /tmp/l; readlink /tmp/l; head -1 /tmp/l; readlink -f /tmp/l",
      "/etc/passwd\nroot:x:0:0:root:/root:/bin/sh\n/etc/passwd\n",
      ""
    },
    {"cd /tmp; echo a > f; ln f g; echo b >> g; cat f; stat -c '%h %s' f", "a\nb\n2 4\n", ""},
    {
      "cd /tmp; touch f; chmod 640 f; stat -c %a f; chmod u+x,o=r f; stat -c %A f",
      "640\n-rwxr--r--\n",
      ""
    },
    {
      "seq 5 | grep -n '[24]'; echo Abc | grep -i abc; echo x | grep y; echo $?",
      "2:2\n4:4\nAbc\n1\n",
      ""
    },
    {
      "printf 'a1\\nb2\\nc3\\n' | grep -E '^(a|c)[0-9]$'; printf 'foo bar\\n' | grep -o 'b..'; seq 3 | grep -vc 2",
      "a1\nc3\nbar\n2\n",
      ""
    },
    {
      "cd /tmp; echo x > a; echo y > b; grep x a b; grep -l x a b; grep q nosuch",
      "a:x\na\n",
      "grep: nosuch: No such file or directory\n"
    },
    {
      "echo hello world | sed 's/o/0/; s/l/L/g'; seq 5 | sed -n '2,3p'; seq 5 | sed '/3/d;$d'",
      "heLL0 worLd\n2\n3\n1\n2\n4\n",
      ""
    },
    {
      "echo a/b | sed 's|/|:|'; echo abc | sed -E 's/(a)(b)/\\2\\1/'; echo abc | sed 's/\\(.\\)b/[\\1&]/'",
      "a:b\nbac\n[aab]c\n",
      ""
    },
    {
      "printf 'a\\nb\\n' | sed 'N;s/\\n/-/'; printf '1\\n2\\n' | sed '1!G;h;$!d'; seq 3 | sed 2q; echo x | sed 'a\\after'",
      "a-b\n2\n1\n1\n2\nx\nafter\n",
      ""
    },
    {"cd /tmp; echo old > f; sed -i s/old/new/ f; cat f", "new\n", ""},
    {
      "seq 10 | head -n 2; seq 10 | tail -n 2; seq 3 | tail -n +2; echo abcdef | head -c 3",
      "1\n2\n9\n10\n2\n3\nabc",
      ""
    },
    {
      "printf 'a b\\nc\\n' | wc; printf 'a\\n' | wc -l; echo abc > /tmp/f; wc -c /tmp/f",
      "        2         3         6\n1\n4 /tmp/f\n",
      ""
    },
    {
      "printf '10\\n9\\n2\\n' | sort; printf '10\\n9\\n2\\n' | sort -n; printf 'b 1\\na 2\\n' | sort -k2 -r; printf 'a\\na\\nb\\n' | sort -u | uniq -c",
      "10\n2\n9\n2\n9\n10\na 2\nb 1\n      1 a\n      1 b\n",
      ""
    },
    {
      "echo a:b:c | cut -d: -f2,3; echo abcdef | cut -c2-4; echo HELLO | tr A-Z a-z; echo aabbc | tr -s ab; echo a1b2 | tr -d 0-9",
      "b:c\nbcd\nhello\nabc\nab\n",
      ""
    },
    {
      "echo hi | base64; echo aGkK | base64 -d; echo -n abc | md5sum; echo -n abc | sha256sum | cut -c1-8",
      "aGkK\nhi\n900150983cd24fb0d6963f7d28e17f72  -\nba7816bf\n",
      ""
    },
    {
      "echo a b | xargs -n1 echo x; printf 'p\\nq\\n' | xargs -I{} echo [{}]; echo | xargs echo none",
      "x a\nx b\n[p]\n[q]\nnone\n",
      ""
    },
    {
      "mkdir -p /t/d; touch /t/a.txt /t/d/b.txt /t/c; find /t -name '*.txt'; find /t -type d; find /t -name c -exec echo got {} \\;",
      "/t/a.txt\n/t/d/b.txt\n/t\n/t/d\ngot /t/c\n",
      ""
    },
    {
      "expr 1 + 2 '*' 3; expr length hello; expr abc : 'a\\(.\\)'; expr 3 '>' 4", "7\n5\nb\n0\n", ""
    },
    {
      "date; date +%Y-%m-%d_%H:%M:%S; date -u +%s; date -d @0 +%F",
      "Sun Nov 22 14:00:00 UTC 2026\n2026-11-22_14:00:00\n1795356000\n1970-01-01\n",
      ""
    },
    {
      "id; whoami; id -u; uname -s; nproc; basename /a/b.c .c; dirname /a/b",
      "uid=0(root) gid=0(root) groups=0(root)\nroot\n0\nLinux\n2\nb\n/a\n",
      ""
    },
    {"which ls sh; which nosuch; echo $?", "/bin/ls\n/bin/sh\n1\n", ""},
    {"env -i A=1 env; printenv HOME; env | grep -c ^PATH=", "A=1\n/root\n1\n", ""},
    {
      "echo a | tee /tmp/x | cat; cat /tmp/x; seq -s, 3; seq 2 2 6 | tr '\\n' ' '",
      "a\na\n1,2,3\n2 4 6 ",
      ""
    },
    {
      "cd /tmp; mkdir d; echo hi > d/f; tar cf a.tar d; tar tf a.tar; mkdir o; tar xf a.tar -C o; cat o/d/f",
      "d/\nd/f\nhi\n",
      ""
    },
    {
      "echo hi > /tmp/f; tar cf - /tmp/f | tar xmf - -C /root; cat /root/tmp/f",
      "hi\n",
      "tar: removing leading '/' from member names\n"
    },
    {
      "dd if=/dev/zero of=/tmp/z bs=1k count=3 2>/dev/null; wc -c < /tmp/z; printf abc | dd bs=1 skip=1 2>/dev/null",
      "3072\nbc",
      ""
    },
    {
      "printf 'a\\tb' | hexdump -C",
      "00000000  61 09 62                                          |a.b|\n00000003\n",
      ""
    },
    {
      "df / | tail -1 | sed 's/ .*//'; du -s /etc > /dev/null && echo ok; mount | grep -c ' on / '",
      "overlay\nok\n1\n",
      ""
    },
    {
      "kill -0 $$ && echo alive; kill 99999",
      "alive\n",
      "sh: can't kill pid 99999: No such process\n"
    },
    {"sleep 50 & ps | grep -c 'sleep 50$'; kill %1", "1\n", ""},
    {
      "f=$(mktemp); [ -f $f ] && echo made; d=$(mktemp -d); [ -d $d ] && echo dir",
      "made\ndir\n",
      ""
    },
    {
      "cat /proc/1/comm; cat /proc/self/status | head -1; cat /sys/fs/cgroup/memory.max",
      "sleep\nName:\tcat\nmax\n",
      ""
    },
    {"echo to-main > /proc/1/fd/1; echo done", "done\n", ""},
    {"yes | head -c 4; true; false; echo $?", "y\ny\n1\n", ""},
    {
      "ping -c 1 127.0.0.1 | head -2",
      "PING 127.0.0.1 (127.0.0.1): 56 data bytes\n64 bytes from 127.0.0.1: seq=0 ttl=64 time=0.080 ms\n",
      ""
    },
    {
      "awk 'BEGIN { print 1+2, \"a\" \"b\" }'; echo 'a b c' | awk '{ print $2, NF, $NF }'",
      "3 ab\nb 3 c\n",
      ""
    },
    {
      "printf 'x:1\\ny:2\\n' | awk -F: '{ s += $2 } END { print s, NR }'; seq 5 | awk '$1 > 3'; seq 4 | awk 'NR==2,NR==3'",
      "3 2\n4\n5\n2\n3\n",
      ""
    },
    {
      "seq 3 | awk '{ a[$1] = $1*$1 } END { for (i = 1; i <= 3; i++) printf \"%d=%s \", i, a[i]; print length(a) }'",
      "1=1 2=4 3=9 3\n",
      ""
    },
    {
      "echo 'Hello World' | awk '{ gsub(/o/, \"0\"); print toupper($1), substr($2, 2, 3), index($0, \"W\"), length }'",
      "HELL0 0rl 7 11\n",
      ""
    },
    {
      "awk -v n=3 'function f(x) { return x < 2 ? 1 : x * f(x - 1) } BEGIN { print f(n); split(\"a,b\", p, \",\"); print p[2]; if (\"a\" in p) print \"no\"; else print \"yes\" }'",
      "6\nb\nyes\n",
      ""
    },
    {
      "printf 'k v\\nk w\\n' | awk '!seen[$1]++ { print $2 } /w/ { print \"w:\" $0 }'; awk 'BEGIN { while (i < 2) print i++; exit 3 }'; echo $?",
      "v\nw:k w\n0\n1\n3\n",
      ""
    },
  };

  @TestFactory
  List<DynamicTest> printWhatBusyboxPrints() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String[] row : ROWS) {
      tests.add(
          DynamicTest.dynamicTest(
              row[0],
              () -> {
                Result result = Machine.sh(row[0]);
                assertThat(result.out()).isEqualTo(row[1]);
                assertThat(result.err()).isEqualTo(row[2]);
              }));
    }
    return tests;
  }

  @Test
  void aPathologicalPatternOrAnEndlessProgramHoldsUpNobodyElse() {
    var machine = new Machine();
    String hostile =
        machine.start(
            machine.sandbox("hostile"),
            dev.drydock.cluster.cri.ContainerConfig.of(
                "c",
                "busybox",
                "sh",
                "-c",
                "echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! | grep -E '^(a+)+$' &"
                    + " awk 'BEGIN { while (1) x++ }'"));
    machine.advance(java.time.Duration.ofSeconds(1));
    assertThat(machine.exec(machine.idle("busybox"), "echo", "fine").out()).isEqualTo("fine\n");
    assertThat(machine.status(hostile).state())
        .isInstanceOf(dev.drydock.cluster.cri.ContainerState.Running.class);
  }
}
