package dev.sequencer.verification.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every Java block of the guide and the README is code that this module compiles, and runs where it
 * is part of a test. White space does not count. The parts of a block, which blank lines separate,
 * must stand in one file in their order; between them that file may have more.
 */
class DocsTest {
  private final Pages pages = Pages.ofThisTree();
  private final List<Pages.Source> sources = pages.sources();

  @TestFactory
  Stream<DynamicTest> everyJavaBlockIsCompiled() {
    return pages.javaBlocks().stream()
        .map(
            block ->
                dynamicTest(
                    block.place(),
                    () ->
                        assertThat(sources.stream().anyMatch(source -> source.has(block)))
                            .as(
                                "%s shows code that no test source of testing/verification has:"
                                    + " put it into one, word for word%n%s",
                                block.place(), block.text())
                            .isTrue()));
  }

  @Test
  void thePagesAreFound() {
    assertThat(pages.javaBlocks())
        .extracting(block -> block.place().substring(0, block.place().indexOf(':')))
        .contains("docs/testing.md");
  }

  @Test
  void everyLinkLeadsToAPageAndAHeading() {
    assertThat(pages.brokenLinks()).isEmpty();
  }

  @Test
  void whiteSpaceDoesNotCountButEveryOtherCharacterDoes() {
    Pages.Source source = new Pages.Source("class A {\n  int b =\n      c(1);\n}\n");
    assertThat(source.has(block("int b = c( 1 );"))).isTrue();
    assertThat(source.has(block("int b = c(2);"))).isFalse();
  }

  @Test
  void partsOfABlockStandInTheirOrder() {
    Pages.Source source = new Pages.Source("a();\nhidden();\nb();\n");
    assertThat(source.has(block("a();\n\nb();"))).isTrue();
    assertThat(source.has(block("a();\n \nb();"))).isTrue();
    assertThat(source.has(block("a();\nb();"))).isFalse();
    assertThat(source.has(block("b();\n\na();"))).isFalse();
  }

  private static Pages.Block block(String text) {
    return new Pages.Block("page.md:1", text);
  }
}
