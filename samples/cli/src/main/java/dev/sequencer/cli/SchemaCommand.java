package dev.sequencer.cli;

import dev.sequencer.jdbc.JdbcSchema;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the statements that make the tables of a PostgreSQL store.",
      "For those who let them be run by somebody else than the host, whose store only checks them"
          + " then ('migrate: false'): 'sequencer schema | psql --single-transaction'."
    })
final class SchemaCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "VERSION",
      defaultValue = "0",
      description = "The version that is there; ${DEFAULT-VALUE} for none, by default.")
  private int from;

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "The version that is wanted; the newest by default.")
  private @Nullable Integer to;

  @Option(
      names = "--schema",
      paramLabel = "NAME",
      defaultValue = "public",
      description = "The schema of the tables; ${DEFAULT-VALUE} by default.")
  private String schema = "";

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      defaultValue = "sequencer_",
      description = "What the names of the tables begin with; ${DEFAULT-VALUE} by default.")
  private String prefix = "";

  @Override
  public Integer call() {
    Integer wanted = to;
    OptionalInt version = wanted == null ? OptionalInt.empty() : OptionalInt.of(wanted);
    PrintWriter out = Objects.requireNonNull(spec, "spec").commandLine().getOut();
    out.print(JdbcSchema.sql(from, version.orElse(JdbcSchema.newest()), schema, prefix));
    out.flush();
    return 0;
  }
}
