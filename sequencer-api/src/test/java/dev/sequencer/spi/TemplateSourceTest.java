package dev.sequencer.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateSourceTest {
  private static final Locale AUSTRIA = Locale.forLanguageTag("de-AT");

  @TempDir private Path folder;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Template read(String name, Locale locale) {
    return TemplateSource.folder(folder).template(name, locale).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "de, 'de,'",
    "de-AT, 'de-AT,de,'",
    "zh-Hant-TW, 'zh-Hant-TW,zh-Hant,zh-TW,zh,'",
    "sr-Latn, 'sr-Latn,sr,'",
    "de-AT-u-ca-gregory, 'de-AT,de,'",
    "de-DE-1996, 'de-DE-1996,de-DE,de,'",
    "und-AT, ''"
  })
  void theChainGoesFromTheNearestToTheRoot(String tag, String chain) {
    assertThat(
            TemplateSource.chain(Locale.forLanguageTag(tag)).stream()
                .map(locale -> locale.equals(Locale.ROOT) ? "" : locale.toLanguageTag())
                .toList())
        .isEqualTo(List.of(chain.split(",", -1)));
  }

  @Nested
  class ATemplate {
    @Test
    void isATextWithASubjectLine() throws IOException {
      write("welcome.txt", "Subject: Hi {{name}}\n\nText\n\nmore\n");
      assertThat(read("welcome", Locale.ROOT))
          .isEqualTo(
              new Template(
                  Optional.of("Hi {{name}}"), Optional.of("Text\n\nmore\n"), Optional.empty(), ""));
    }

    @Test
    void mayBeginWithAByteOrderMarkAndHaveOtherEndsOfLines() throws IOException {
      write("welcome.txt", "\uFEFFsubject:Hi\r\n\r\nText\r\n");
      Template template = read("welcome", Locale.ROOT);
      assertThat(template.subject()).contains("Hi");
      assertThat(template.text()).contains("Text\r\n");
    }

    @Test
    void mayHaveItsSubjectInAFileOfItsOwn() throws IOException {
      write("welcome.html", "<p>Hi</p>");
      write("welcome.subject", " Hi \n");
      Template template = read("welcome", Locale.ROOT);
      assertThat(template.subject()).contains("Hi");
      assertThat(template.html()).contains("<p>Hi</p>");
      assertThat(template.text()).isEmpty();
    }

    @Test
    void mayHaveNoSubject() throws IOException {
      write("welcome.txt", "Text without Subject: line");
      assertThat(read("welcome", Locale.ROOT).subject()).isEmpty();
      assertThat(read("welcome", Locale.ROOT).text()).contains("Text without Subject: line");
    }

    @Test
    void mayHaveASubjectLineAndHtmlOnly() throws IOException {
      write("welcome.txt", "Subject: Hi");
      write("welcome.html", "<p>Hi</p>");
      Template template = read("welcome", Locale.ROOT);
      assertThat(template.subject()).contains("Hi");
      assertThat(template.text()).isEmpty();
      assertThat(template.html()).isPresent();
    }

    @Test
    void ofTheNearestLocaleWinsAsAWhole() throws IOException {
      write("welcome.txt", "Subject: Hi\n\nText");
      write("welcome.html", "<p>Hi</p>");
      write("welcome.de.txt", "Subject: Hallo\n\nText auf Deutsch");
      Template template = read("welcome", AUSTRIA);
      assertThat(template.locale()).isEqualTo("de");
      assertThat(template.subject()).contains("Hallo");
      assertThat(template.text()).contains("Text auf Deutsch");
      assertThat(template.html()).isEmpty();
      assertThat(read("welcome", Locale.FRENCH).locale()).isEmpty();
      write("welcome.de-AT.html", "<p>Servus</p>");
      assertThat(read("welcome", AUSTRIA).locale()).isEqualTo("de-AT");
      assertThat(read("welcome", AUSTRIA).text()).isEmpty();
    }

    @Test
    void takesASubjectThatItLacksFromFurtherUp() throws IOException {
      write("welcome.txt", "Subject: Hi\n\nText");
      write("welcome.de-AT.html", "<p>Servus</p>");
      assertThat(read("welcome", AUSTRIA).subject()).contains("Hi");
      write("welcome.de.subject", "Hallo");
      assertThat(read("welcome", AUSTRIA).subject()).contains("Hallo");
    }

    @Test
    void thatChangedIsUsedFromTheNextMail() throws IOException {
      TemplateSource source = TemplateSource.folder(folder);
      assertThat(source.template("welcome", Locale.ROOT)).isEmpty();
      write("welcome.txt", "one");
      assertThat(source.template("welcome", Locale.ROOT).orElseThrow().text()).contains("one");
      write("welcome.txt", "two");
      assertThat(source.template("welcome", Locale.ROOT).orElseThrow().text()).contains("two");
    }
  }

  @Nested
  class AFolder {
    @Test
    void hasFilesInFoldersOfItsOwn() throws IOException {
      write("docs/offer.pdf", "pdf");
      TemplateSource source = TemplateSource.folder(folder);
      assertThat(source.file("docs/offer.pdf"))
          .hasValueSatisfying(
              bytes -> assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("pdf"));
      assertThat(source.file("docs")).isEmpty();
      assertThat(source.file("")).isEmpty();
      assertThat(source.file("nope")).isEmpty();
    }

    @Test
    void tellsTheNamesOfItsTemplates() throws IOException {
      write("welcome.txt", "x");
      write("welcome.html", "x");
      write("welcome.de.txt", "x");
      write("tips/one.html", "x");
      write("logo.png", "x");
      assertThat(TemplateSource.folder(folder).names())
          .containsExactly("tips/one", "welcome", "welcome.de");
    }

    @Test
    void tellsTheLocalesOfATemplate() throws IOException {
      write("mail/welcome.txt", "t");
      write("mail/welcome.de-AT.html", "h");
      write("mail/welcome.de.txt", "t");
      write("mail/welcome.de.html", "h");
      write("mail/welcome.fr.subject", "s");
      write("mail/welcome.v2.txt", "t");
      write("mail/welcome-back.it.txt", "t");
      write("welcome.es.txt", "t");
      TemplateSource source = TemplateSource.folder(folder);
      assertThat(source.locales("mail/welcome")).containsExactly(Locale.GERMAN, AUSTRIA);
      assertThat(source.locales("welcome")).containsExactly(Locale.forLanguageTag("es"));
      assertThat(source.locales("nowhere/welcome")).isEmpty();
    }

    @Test
    void thatDoesNotExistHasNothing() {
      TemplateSource source = TemplateSource.folder(folder.resolve("nope"));
      assertThat(source.template("welcome", Locale.ROOT)).isEmpty();
      assertThat(source.file("a.pdf")).isEmpty();
      assertThat(source.names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "../secret",
          "a/../../secret",
          "..",
          "/etc/passwd",
          "..\\secret",
          "C:/x",
          "a\0",
          "a/.."
        })
    void isNeverLeft(String name) {
      TemplateSource source = TemplateSource.folder(folder);
      assertThatThrownBy(() -> source.file(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the name of a template or file must stay inside its folder, but is '" + name + "'");
      assertThatThrownBy(() -> source.template(name + "/x", Locale.ROOT))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class TheClassPath {
    private URL jar() throws IOException {
      Path jar = folder.resolve("templates.jar");
      try (OutputStream out = Files.newOutputStream(jar);
          ZipOutputStream zip = new ZipOutputStream(out)) {
        for (String name :
            List.of(
                "mail/",
                "mail/welcome.txt",
                "mail/welcome.de.html",
                "mail/images/",
                "mail/images/a.png",
                "mail/images/welcome.fr.txt",
                "welcome.it.txt")) {
          zip.putNextEntry(new ZipEntry(name));
          zip.write(
              name.endsWith("/")
                  ? new byte[0]
                  : "Subject: Hi\n\nText".getBytes(StandardCharsets.UTF_8));
          zip.closeEntry();
        }
      }
      return jar.toUri().toURL();
    }

    @Test
    void isReadFromFolders() throws IOException {
      write("with blanks/mail/welcome.txt", "Subject: Hi\n\nText");
      write("with blanks/mail/images/a.png", "x");
      write("with blanks/mail/welcome.de.html", "h");
      write("with blanks/mail/images/welcome.fr.txt", "t");
      write("with blanks/welcome.it.txt", "t");
      check(folder.resolve("with blanks").toUri().toURL());
    }

    @Test
    void isReadFromJars() throws IOException {
      check(jar());
    }

    private void check(URL url) throws IOException {
      try (URLClassLoader loader = new URLClassLoader(new URL[] {url}, null)) {
        TemplateSource source = FileTemplates.classpath("mail", loader);
        assertThat(source.template("welcome", AUSTRIA).orElseThrow().subject()).contains("Hi");
        assertThat(source.file("images/a.png")).isPresent();
        assertThat(source.locales("welcome")).containsExactly(Locale.GERMAN);
        assertThat(source.locales("nope")).isEmpty();
        assertThat(source.file("images")).isEmpty();
        assertThat(source.file("images/")).isEmpty();
        assertThat(source.file("")).isEmpty();
        assertThat(source.file("nope")).isEmpty();
        assertThat(source.names()).isEmpty();
        assertThat(FileTemplates.classpath("/mail/", loader).file("welcome.txt")).isPresent();
        assertThat(FileTemplates.classpath("", loader).file("mail/welcome.txt")).isPresent();
        assertThatThrownBy(() -> source.file("../secret"))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }

    @Test
    void isThatOfTheThreadThatMadeTheSource() throws IOException {
      write("mail/welcome.txt", "Text");
      try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        TemplateSource source;
        Thread.currentThread().setContextClassLoader(loader);
        try {
          source = TemplateSource.classpath("mail");
        } finally {
          Thread.currentThread().setContextClassLoader(before);
        }
        assertThat(source.template("welcome", Locale.ROOT)).isPresent();
        assertThat(TemplateSource.classpath("mail").template("welcome", Locale.ROOT)).isEmpty();
      }
    }
  }

  @Nested
  class AMap {
    @Test
    void hasTemplatesByNameAndLocale() {
      Template root = Template.of("Hi", "Text").html("<p>");
      Template german =
          new Template(Optional.of("Hallo"), Optional.of("T"), Optional.empty(), "de");
      TemplateSource source = TemplateSource.of(Map.of("welcome", root, "welcome.de", german));
      assertThat(source.template("welcome", Locale.ROOT)).contains(root);
      assertThat(source.template("welcome", AUSTRIA)).contains(german);
      assertThat(source.locales("welcome")).containsExactly(Locale.GERMAN);
      assertThat(source.locales("wel")).isEmpty();
      assertThat(source.template("nope", AUSTRIA)).isEmpty();
      assertThat(source.file("a.pdf")).isEmpty();
      assertThat(source.names()).containsExactly("welcome", "welcome.de");
    }

    @Test
    void mayBeEmpty() {
      assertThat(TemplateSource.none().template("x", Locale.ROOT)).isEmpty();
      assertThat(TemplateSource.none().file("x")).isEmpty();
      assertThat(TemplateSource.none().names()).isEmpty();
    }
  }
}
