package dev.drydock.cluster.cri;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The container runtimes of all nodes of a cluster, for one step of the cluster's loop: built from
/// the state, asked and changed, and its {@link #state()} kept. Not thread-safe; worthless once its
/// step is over.
///
/// Models the CRI's RuntimeService. Calls about an id that is not known do nothing, or answer
/// empty, as the CRI's idempotent calls do. Nothing runs except in {@link #advance}.
public interface ContainerRuntime {

  static ContainerRuntime of(
      RuntimeState state, Instant now, java.util.random.RandomGenerator random) {
    return new Runtime(state, now, random);
  }

  /// The state after all calls so far.
  RuntimeState state();

  ImageService images();

  VolumeService volumes();

  NetworkService network();

  UsageService usage();

  /// Makes a node known; a second time, nothing.
  ///
  /// @param podPrefix the first three bytes of its pods' addresses, like `10.244.0.`
  void addNode(String name, String address, String podPrefix);

  /// Forgets a node with its images, sandboxes, containers and files.
  void removeNode(String name);

  /// Creates a pod's sandbox with an address of its own and returns its id.
  String runPodSandbox(String node, PodSandboxConfig config);

  /// Kills what runs in the sandbox and gives its address back.
  void stopPodSandbox(String sandboxId);

  /// Removes the sandbox with all its containers.
  void removePodSandbox(String sandboxId);

  Optional<PodSandbox> podSandbox(String sandboxId);

  /// Creates a container and returns its id.
  ///
  /// @throws CriException if the image is not on the node, or a mount cannot be made
  String createContainer(String sandboxId, ContainerConfig config) throws CriException;

  /// Starts the container's program.
  ///
  /// @throws CriException in containerd's and runc's words, if there is no such program; the
  ///   container has then exited with code 127 or 128 and reason StartError
  void startContainer(String containerId) throws CriException;

  /// Sends a signal to the container's main process. The default action of all but SIGKILL does not
  /// apply to it, since it is process 1 of its PID namespace.
  void signal(String containerId, Signal signal);

  /// Kills the container if it runs, and forgets it with its file system and log.
  void removeContainer(String containerId);

  Optional<ContainerStatus> containerStatus(String containerId);

  /// Whether the container's program answers about its health the same as long as it runs.
  boolean isSteady(String containerId);

  /// The containers of a sandbox, oldest first.
  ImmutableList<ContainerStatus> containersOf(String sandboxId);

  /// What the container has written to its own file system and its log.
  long writtenBytes(String containerId);

  /// The log of a container; empty for one that is not known.
  ContainerLog log(String containerId);

  /// The beginning of a file as the container sees it (a termination message, say), also after the
  /// container has ended.
  Optional<byte[]> readFile(String containerId, String path, int bytesMax);

  /// Starts a program in a running container and returns the session's id.
  ///
  /// @param stdin true if input will be fed; false gives an empty one
  /// @throws CriException in runc's words, if there is no such program
  String exec(String containerId, List<String> argv, boolean tty, boolean stdin)
      throws CriException;

  /// A session on the container's main process: its output from now on, and its input.
  ///
  /// @throws CriException if the container does not run
  String attach(String containerId, boolean stdin) throws CriException;

  void writeStdin(String sessionId, byte[] bytes);

  /// How many bytes of input should be written at most before the program has read some.
  int stdinRoom(String sessionId);

  void closeStdin(String sessionId);

  /// Changes the size of the session's terminal.
  void resize(String sessionId, int rows, int columns);

  /// Output since the last call; empty if there is none. A program whose output is not read blocks
  /// in the end.
  byte[] read(String sessionId, OutputStreamName stream);

  /// The exit code once the process has ended; 128 + n after signal n.
  OptionalInt exitCode(String sessionId);

  /// Forgets the session. A process of an exec that still runs goes on, as it does on a real node.
  void closeSession(String sessionId);

  /// Runs the container programs until each waits for something, or `stepsMax` steps are done.
  /// Returns what happened, in order.
  ImmutableList<RuntimeEvent> advance(int stepsMax);

  /// True if a program could go on right now.
  boolean hasRunnable();

  /// The earliest instant at which something now asleep (or out of CPU time) is due.
  Optional<Instant> nextWake();
}
