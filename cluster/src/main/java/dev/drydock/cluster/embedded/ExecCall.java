package dev.drydock.cluster.embedded;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.Cluster.ExecException;
import dev.drydock.cluster.ExecResult;
import dev.drydock.cluster.apiserver.ApiServer.Answer;
import dev.drydock.cluster.apiserver.LongRunning;
import dev.drydock.cluster.apiserver.Reply;
import dev.drydock.cluster.apiserver.request.RequestInfo;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.cri.CriException;
import dev.drydock.cluster.cri.OutputStreamName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// A command in a container, run to its end.
final class ExecCall {
  private static final int TIMED_OUT = 124;

  private final EmbeddedCluster cluster;

  ExecCall(EmbeddedCluster cluster) {
    this.cluster = cluster;
  }

  ExecResult run(
      String namespace, String pod, String container, List<String> command, Duration limit)
      throws ExecException {
    LongRunning.Exec exec = permitted(namespace, pod, container, command);
    String session = start(exec);
    boolean ended = cluster.runUntil(_ -> exitCode(session).isPresent(), limit);
    String stdout = read(session, OutputStreamName.STDOUT);
    String stderr = read(session, OutputStreamName.STDERR);
    int code = ended ? exitCode(session).orElse(TIMED_OUT) : TIMED_OUT;
    cluster
        .loop()
        .submit(
            step -> {
              step.runtime().closeSession(session);
              return null;
            })
        .join();
    return new ExecResult(code, stdout, stderr);
  }

  /// Asks the API server, which looks the container up and says no in its words.
  private LongRunning.Exec permitted(
      String namespace, String pod, String container, List<String> command) throws ExecException {
    String arguments =
        command.stream()
            .map(word -> "&command=" + URLEncoder.encode(word, StandardCharsets.UTF_8))
            .collect(Collectors.joining());
    ApiRequest request =
        ApiRequest.get(
            "/api/v1/namespaces/%s/pods/%s/exec?stdout=true&stderr=true%s%s"
                .formatted(
                    namespace,
                    pod,
                    container.isEmpty() ? "" : "&container=" + container,
                    arguments));
    RequestInfo info = RequestInfo.parse(request.method(), request.target());
    Answer answer = cluster.answer(info, request, UserInfo.ADMIN);
    if (answer.reply() instanceof Reply.Stream(LongRunning.Exec exec)) {
      return exec;
    }
    throw new ExecException(
        answer.reply() instanceof Reply.Single single
            ? single.object().string("message")
            : "the command could not be started");
  }

  private String start(LongRunning.Exec exec) throws ExecException {
    Object started =
        cluster
            .loop()
            .<Object>submit(
                step -> {
                  try {
                    return step.runtime().exec(exec.containerId(), exec.command(), false, false);
                  } catch (CriException e) {
                    return e;
                  }
                })
            .join();
    if (started instanceof CriException e) {
      throw new ExecException(String.valueOf(e.getMessage()));
    }
    return (String) started;
  }

  private OptionalInt exitCode(String session) {
    return cluster.loop().read(step -> step.runtime().exitCode(session));
  }

  private String read(String session, OutputStreamName stream) {
    return cluster
        .loop()
        .submit(step -> new String(step.runtime().read(session, stream), StandardCharsets.UTF_8))
        .join();
  }
}
