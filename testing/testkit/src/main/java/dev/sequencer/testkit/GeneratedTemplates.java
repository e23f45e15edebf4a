package dev.sequencer.testkit;

import dev.sequencer.spi.Template;
import dev.sequencer.spi.TemplateSource;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Has a short template under every name and a short file under every name, so that a sequence runs
 * in a test without them. A template carries a link to unsubscribe, as bulk mail must.
 */
final class GeneratedTemplates implements TemplateSource {
  @Override
  public Optional<Template> template(String name, Locale locale) {
    return Optional.of(
        Template.of(
            "Subject of " + name,
            "Text of " + name + ".\n\nTo unsubscribe: https://example.com/unsubscribe\n"));
  }

  @Override
  public Optional<byte[]> file(String name) {
    return Optional.of(("Content of " + name).getBytes(StandardCharsets.UTF_8));
  }
}
