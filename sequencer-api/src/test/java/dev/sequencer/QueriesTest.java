package dev.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueriesTest {
  @Test
  void aQueryForAllAsksFor100() {
    assertThat(DeliveryQuery.all().limit()).isEqualTo(100);
    assertThat(EnrollmentQuery.all().limit()).isEqualTo(100);
    assertThat(DeliveryQuery.all().status()).isEmpty();
    assertThat(EnrollmentQuery.all().status()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void aPageHas1To1000Items(int limit) {
    assertThat(DeliveryQuery.all().limit(limit).limit()).isEqualTo(limit);
    assertThat(EnrollmentQuery.all().limit(limit).limit()).isEqualTo(limit);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE})
  void aPageHasNeitherMoreNorFewer(int limit) {
    String message = "a page has 1 to 1000 items, but " + limit + " were asked for";
    assertThatThrownBy(() -> DeliveryQuery.all().limit(limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> EnrollmentQuery.all().limit(limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void eachMethodOfADeliveryQueryAddsOneThing() {
    DeliveryQuery query =
        DeliveryQuery.inDoubt()
            .sequence("s")
            .mailbox("Ann@X.example")
            .olderThan(Duration.ofHours(1))
            .after("page")
            .limit(7);
    assertThat(query)
        .isEqualTo(
            new DeliveryQuery(
                Optional.of("s"),
                Optional.of(DeliveryStatus.IN_DOUBT),
                Optional.of(EmailAddress.of("ann@x.example")),
                Optional.of(Duration.ofHours(1)),
                Optional.of("page"),
                7));
    assertThat(query.status(DeliveryStatus.FAILED).status()).contains(DeliveryStatus.FAILED);
    assertThatThrownBy(() -> query.mailbox("x")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAgeIsNotNegative() {
    assertThat(DeliveryQuery.all().olderThan(Duration.ZERO).olderThan()).contains(Duration.ZERO);
    assertThatThrownBy(() -> DeliveryQuery.all().olderThan(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an age must not be negative, but is PT-0.001S");
  }

  @Test
  void eachMethodOfAnEnrollmentQueryAddsOneThing() {
    EnrollmentQuery query =
        EnrollmentQuery.all()
            .sequence("s")
            .status(EnrollmentStatus.ACTIVE)
            .phase(EnrollmentPhase.WAITING)
            .email("Ann@X.example")
            .contactId("u-1")
            .after("page")
            .limit(7);
    assertThat(query)
        .isEqualTo(
            new EnrollmentQuery(
                Optional.of("s"),
                Optional.of(EnrollmentStatus.ACTIVE),
                Optional.of(EnrollmentPhase.WAITING),
                Optional.of(EmailAddress.of("ann@x.example")),
                Optional.of("u-1"),
                Optional.of("page"),
                7));
    assertThatThrownBy(() -> query.email("x")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void textsDoNotShowAddresses() {
    assertThat(EnrollmentQuery.all().email("secret@x.example").sequence("s").contactId("u-1"))
        .hasToString("EnrollmentQuery[sequence=s email=hidden contactId=u-1 limit=100]");
  }

  @Test
  void aPageKeepsItsItems() {
    List<String> items = new ArrayList<>(List.of("a"));
    Page<String> page = new Page<>(items, Optional.empty());
    items.add("b");
    assertThat(page.items()).containsExactly("a");
  }

  @Test
  void idsAreWrittenAndReadBack() {
    assertThat(DeliveryId.of(42, 1)).hasToString("42-1");
    assertThat(DeliveryId.parse("42-1")).isEqualTo(DeliveryId.of(42, 1));
    assertThat(DeliveryId.parse(Long.MAX_VALUE + "-" + Integer.MAX_VALUE))
        .isEqualTo(DeliveryId.of(Long.MAX_VALUE, Integer.MAX_VALUE));
    assertThat(EnrollmentId.parse("42")).isEqualTo(new EnrollmentId(42)).hasToString("42");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "42",
        "42-",
        "-1",
        "42-x",
        "x-1",
        "42-1-1",
        "42--1",
        "42-0",
        "0-1",
        "4 2-1",
        "99999999999999999999-1"
      })
  void whatIsNoDeliveryIsRefused(String text) {
    assertThatThrownBy(() -> DeliveryId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "x", "1.5", "9223372036854775808"})
  void whatIsNoEnrollmentIsRefused(String text) {
    assertThatThrownBy(() -> EnrollmentId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void idsAreRefusedWithTheirForm() {
    assertThatThrownBy(() -> DeliveryId.parse("x"))
        .hasMessage("the id of a delivery must look like 42-1, but is 'x'");
    assertThatThrownBy(() -> DeliveryId.of(1, 0))
        .hasMessage("the step number of a delivery must be greater than 0, but is 0");
    assertThatThrownBy(() -> EnrollmentId.parse("x"))
        .hasMessage("the id of an enrollment must be a number such as 42, but is 'x'");
    assertThatThrownBy(() -> new EnrollmentId(0))
        .hasMessage("the id of an enrollment must be greater than 0, but is 0");
  }
}
