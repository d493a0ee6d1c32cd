package dev.drydock.server.cli;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Does the same to many things, some at once, and gives the results in the order of the things.
final class Jobs {
  private Jobs() {}

  /// What is done to one thing.
  @FunctionalInterface
  interface Task<T, R> {
    R run(T item) throws Exception;
  }

  /// @param jobs how many at once; 0 for one a processor
  static <T, R extends Object> ImmutableList<R> run(int jobs, List<T> items, Task<T, R> task)
      throws Exception {
    int threads = Math.clamp(jobs > 0 ? jobs : Runtime.getRuntime().availableProcessors(), 1, 64);
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<R>> futures = new ArrayList<>();
      for (T item : items) {
        futures.add(executor.submit(() -> task.run(item)));
      }
      ImmutableList.Builder<R> results = ImmutableList.builder();
      for (Future<R> future : futures) {
        results.add(future.get());
      }
      return results.build();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
