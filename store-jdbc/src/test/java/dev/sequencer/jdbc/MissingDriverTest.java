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

  private static URL[] classPathWithoutDriver() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!Path.of(entry).getFileName().toString().startsWith("sqlite-jdbc")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return urls.toArray(new URL[0]);
  }

  @Test
  void aMissingDriverIsNamed() throws Exception {
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader without = new URLClassLoader(classPathWithoutDriver(), platform)) {
      Class<?> type = without.loadClass("dev.sequencer.jdbc.JdbcStore");
      Object store = type.getMethod("sqlite", Path.class).invoke(null, folder.resolve("mail.db"));
      Class<?> setup = without.loadClass("dev.sequencer.spi.store.StoreSetup");
      InstantSource clock = () -> StoreBench.START;
      Object with =
          setup.getConstructor(InstantSource.class, String.class).newInstance(clock, "ann");
      Method open = store.getClass().getMethod("open", setup);
      InvocationTargetException thrown =
          catchThrowableOfType(InvocationTargetException.class, () -> open.invoke(store, with));
      assertThat(thrown.getCause())
          .hasMessage(
              "a store in an SQLite file needs the SQLite driver, but it is not on the class path:"
                  + " add the dependency org.xerial:sqlite-jdbc");
    }
  }
}
