package dev.sequencer.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sequencer.tck.store.StoreBench;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver is the host's to choose and to add. */
final class MissingDriverTest {
  @TempDir private Path folder;

  private static URL[] classPathWithout(String jar) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!Path.of(entry).getFileName().toString().matches(jar + "-[0-9].*")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return urls.toArray(new URL[0]);
  }

  /** Opens a store where a jar is missing; gives what is thrown. */
  private static Throwable openedWithout(String jar, StoreMaker maker) throws Exception {
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader without = new URLClassLoader(classPathWithout(jar), platform)) {
      Object store = maker.make(without.loadClass("dev.sequencer.jdbc.JdbcStore"));
      Class<?> setup = without.loadClass("dev.sequencer.spi.store.StoreSetup");
      InstantSource clock = () -> StoreBench.START;
      Object with =
          setup.getConstructor(InstantSource.class, String.class).newInstance(clock, "ann");
      Method open = store.getClass().getMethod("open", setup);
      return catchThrowableOfType(InvocationTargetException.class, () -> open.invoke(store, with))
          .getCause();
    }
  }

  private interface StoreMaker {
    Object make(Class<?> jdbcStore) throws Exception;
  }

  private static Object postgres(Class<?> jdbcStore) throws Exception {
    return jdbcStore
        .getMethod("postgres", String.class, String.class, String.class)
        .invoke(null, "jdbc:postgresql://localhost:1/app", "app", "");
  }

  @Test
  void aMissingDriverIsNamed() throws Exception {
    assertThat(
            openedWithout(
                "sqlite-jdbc",
                type ->
                    type.getMethod("sqlite", Path.class).invoke(null, folder.resolve("mail.db"))))
        .hasMessage(
            "a store in an SQLite file needs the SQLite driver, but it is not on the class path:"
                + " add the dependency org.xerial:sqlite-jdbc");
  }

  @Test
  void aMissingDriverOfPostgresIsNamed() throws Exception {
    assertThat(openedWithout("postgresql", MissingDriverTest::postgres))
        .hasMessage(
            "a store in PostgreSQL needs its driver, but it is not on the class path: add the"
                + " dependency org.postgresql:postgresql");
  }

  @Test
  void aMissingPoolIsNamed() throws Exception {
    assertThat(openedWithout("HikariCP", MissingDriverTest::postgres))
        .hasMessage(
            "a store that makes its own connections needs HikariCP, but it is not on the class"
                + " path: add the dependency com.zaxxer:HikariCP, or hand in a DataSource of"
                + " yours");
  }
}
