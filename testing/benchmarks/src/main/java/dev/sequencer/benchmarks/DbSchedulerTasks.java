package dev.sequencer.benchmarks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** db-scheduler with a task that does nothing, by lock-and-fetch. */
final class DbSchedulerTasks implements Contender {
  private static final String TABLE =
      """
      create table scheduled_tasks (task_name text not null, task_instance text not null,
        task_data bytea, execution_time timestamp with time zone not null,
        picked boolean not null, picked_by text, last_success timestamp with time zone,
        last_failure timestamp with time zone, consecutive_failures int,
        last_heartbeat timestamp with time zone, version bigint not null, priority smallint,
        primary key (task_name, task_instance))
      """;

  private final PostgresServer server;
  private final String name;
  private final int tasks;
  private final Settings settings;

  /** What is tried: threads, connections, and when to fetch how many in multiples of threads. */
  record Settings(int threads, int connections, double lower, double upper) {}

  DbSchedulerTasks(PostgresServer server, String name, int tasks, Settings settings) {
    this.server = server;
    this.name = name;
    this.tasks = tasks;
    this.settings = settings;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String what() {
    return "tasks/s";
  }

  @Override
  public Measured run() throws Exception {
    try (PostgresServer.Database database = server.database()) {
      database.execute(TABLE);
      database.execute(
          "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
              + " select 'nothing', n::text, now() - random() * interval '1 hour', false, 1"
              + " from generate_series(1, "
              + tasks
              + ") n");
      database.execute("create index on scheduled_tasks (execution_time)");
      database.execute("create index on scheduled_tasks (last_heartbeat)");
      database.settle();
      try (HikariDataSource pool = database.pool(settings.connections())) {
        Measured measured = run(pool);
        String left = database.text("select count(*) from scheduled_tasks");
        if (!left.equals("0")) {
          throw new IllegalStateException("db-scheduler left " + left + " tasks");
        }
        return measured;
      }
    }
  }

  private Measured run(HikariDataSource pool) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(tasks);
    OneTimeTask<Void> nothing =
        Tasks.oneTime("nothing").execute((instance, context) -> done.countDown());
    Scheduler scheduler =
        Scheduler.create(pool, nothing)
            .threads(settings.threads())
            .pollUsingLockAndFetch(settings.lower(), settings.upper())
            .pollingInterval(Duration.ofMillis(100))
            .build();
    Measured.Stopwatch watch = new Measured.Stopwatch();
    scheduler.start();
    if (!done.await(30, TimeUnit.MINUTES)) {
      throw new IllegalStateException("db-scheduler did not do its tasks in time");
    }
    Measured measured = watch.stop(tasks);
    scheduler.stop();
    return measured;
  }
}
