package dev.drydock.cluster.os.applets;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.os.Io;
import dev.drydock.cluster.os.Program;

/// How a program begins: from its arguments and environment.
interface Applet {
  Program start(ImmutableList<String> argv, ImmutableMap<String, String> env);

  /// A program that does everything in one step and answers its exit status.
  interface Immediate {
    int run(Io io, ImmutableList<String> argv);
  }

  static Applet once(Immediate body) {
    return (argv, _) -> new Once(body, argv);
  }

  /// A program that first reads all of its input: the files it is given, or standard input.
  interface Slurping {
    int run(Io io, Options options, ImmutableList<Slurp.Source> sources);
  }

  /// @param spec letters of options; a colon follows one that takes a value
  static Applet slurping(String spec, int operandsBefore, Slurping body) {
    return (argv, _) -> {
      Options options = Options.parse(argv, spec);
      return options.error().isEmpty()
          ? Slurp.of(argv.get(0), options, operandsBefore, body)
          : new Once((io, words) -> options.complain(io), argv);
    };
  }

  /// A program that handles its input line by line as it comes.
  interface Filtering {
    /// @throws UsageException with what is wrong with the arguments
    Filter.Logic logic(Options options) throws UsageException;
  }

  static Applet filtering(String spec, int operandsBefore, Filtering body) {
    return (argv, _) -> {
      Options options = Options.parse(argv, spec);
      if (!options.error().isEmpty()) {
        return new Once((io, words) -> options.complain(io), argv);
      }
      try {
        return Filter.of(options, operandsBefore, body.logic(options));
      } catch (UsageException e) {
        return new Once(
            (io, words) -> {
              io.err(options.name() + ": " + e.getMessage());
              return e.status();
            },
            argv);
      }
    };
  }
}
