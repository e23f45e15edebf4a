package dev.sequencer.tck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sequencer.Ending;
import dev.sequencer.spi.store.BeginCall.Verdict;
import dev.sequencer.spi.store.StoreViews;
import dev.sequencer.spi.store.StoredContact;
import dev.sequencer.spi.store.Work;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a contact is found again, and what it keeps. */
abstract class ContactRules extends StoreRules {
  @Test
  void aContactIsTheSameByItsIdWhateverItsAddress() {
    long first = contactOf(bench().row("bo@x.example").id("u1"));
    long second = contactOf(bench().row("bo@y.example").id("u1").run("2"));
    assertThat(second).isEqualTo(first);
    assertThat(views().contactById("", "u1"))
        .map(StoredContact::normalized)
        .contains("bo@y.example");
    assertThat(views().contactsByAddress("", "bo@x.example")).isEmpty();
    assertThat(views().contactsByAddress("", "bo@y.example")).hasSize(1);
  }

  @Test
  void withoutAnIdAContactIsTheSameByItsNormalisedAddress() {
    long first = contactOf(bench().row("bo@x.example"));
    assertThat(contactOf(bench().row("BO@X.example").run("2"))).isEqualTo(first);
    assertThat(contactOf(bench().row("bo2@x.example"))).isNotEqualTo(first);
  }

  @Test
  void oneKnownByAddressOnlyGetsTheIdThatIsGiven() {
    long known = contactOf(bench().row("bo@x.example"));
    assertThat(contactOf(bench().row("bo@x.example").id("u1").run("2"))).isEqualTo(known);
    assertThat(views().contactById("", "u1")).map(StoredContact::number).contains(known);
  }

  @Test
  void twoIdsWithOneAddressAreTwoContacts() {
    long first = contactOf(bench().row("info@x.example").id("u1"));
    long second = contactOf(bench().row("info@x.example").id("u2"));
    assertThat(second).isNotEqualTo(first);
    assertThat(views().contactsByAddress("", "info@x.example"))
        .extracting(StoredContact::number)
        .containsExactly(first, second);
  }

  @Test
  void anAddressWithoutAnIdMeansTheContactWithoutOne() {
    contactOf(bench().row("old@x.example").id("u1"));
    long plain = contactOf(bench().row("info@x.example"));
    contactOf(bench().row("info@x.example").id("u1").run("2"));
    assertThat(contactOf(bench().row("info@x.example").run("3"))).isEqualTo(plain);
  }

  @Test
  void elseItMeansTheOneKnownLongestUnderIt() {
    long first = contactOf(bench().row("info@x.example").id("u1"));
    contactOf(bench().row("info@x.example").id("u2"));
    assertThat(contactOf(bench().row("info@x.example").run("2"))).isEqualTo(first);
    assertThat(views().contacts(List.of(first)).get(0).id()).contains("u1");
  }

  @Test
  void thoseOfAnAddressComeTheOneKnownLongestFirst() {
    long plain = contactOf(bench().row("info@x.example"));
    long moving = contactOf(bench().row("old@x.example").id("u1"));
    long late = contactOf(bench().row("info@x.example").id("u2").run("2"));
    contactOf(bench().row("info@x.example").id("u1").run("2"));
    assertThat(late).isEqualTo(plain);
    long last = contactOf(bench().row("info@x.example").id("u3"));
    long again = contactOf(bench().row("info@x.example").run("3"));
    assertThat(again).isEqualTo(plain);
    assertThat(views().contactsByAddress("", "info@x.example"))
        .extracting(StoredContact::number)
        .containsExactly(plain, moving, last);
  }

  @Test
  void thatIsSoForTheOneWithoutAnIdToo() {
    long plain = contactOf(bench().row("info@x.example"));
    long moving = contactOf(bench().row("old@x.example").id("u1"));
    contactOf(bench().row("info@x.example").id("u1").run("2"));
    assertThat(views().contactsByAddress("", "info@x.example"))
        .extracting(StoredContact::number)
        .containsExactly(plain, moving);
  }

  @Test
  void aKnownContactKeepsWhatIsNotGiven() {
    StoredContact rich =
        new StoredContact(
            0,
            "",
            Optional.of("u1"),
            "Bo Li <bo@x.example>",
            "bo@x.example",
            Optional.of("Asia/Tokyo"),
            Optional.of("ja"),
            "{\"plan\":\"pro\",\"seats\":3}");
    long number = contactOf(bench().row("bo@x.example").contact(rich));
    StoredContact given =
        new StoredContact(
            0,
            "",
            Optional.of("u1"),
            "bo@x.example",
            "bo@x.example",
            Optional.empty(),
            Optional.of("de"),
            "{\"seats\":4}");
    contactOf(bench().row("bo@x.example").contact(given).run("2"));
    StoredContact now = views().contacts(List.of(number)).get(0);
    assertThat(now.address()).isEqualTo("Bo Li <bo@x.example>");
    assertThat(now.zone()).contains("Asia/Tokyo");
    assertThat(now.locale()).contains("de");
    assertThat(now.attributes()).isEqualTo("{\"plan\":\"pro\",\"seats\":4}");
  }

  @Test
  void oneThatIsEnrolledAlreadyIsUpdatedAllTheSame() {
    long enrollment = bench().enroll(bench().row("bo@x.example").id("u1"));
    bench().enroll(bench().row("bo@y.example").id("u1"));
    assertThat(bench().subject(enrollment).contact().normalized()).isEqualTo("bo@y.example");
  }

  @Test
  void dataOfTheRunIsNoAttributeOfTheContact() {
    long enrollment = bench().enroll(bench().row("bo@x.example").data("{\"cart\":7}"));
    assertThat(bench().subject(enrollment).contact().attributes()).isEqualTo("{}");
    assertThat(bench().subject(enrollment).data()).isEqualTo("{\"cart\":7}");
  }

  @Test
  void whatWasPreparedForAnOldAddressDoesNotBegin() {
    bench().enroll(bench().row("bo@x.example").id("u1"));
    Work prepared = bench().claim().get(0);
    bench().enroll(bench().row("bo@y.example").id("u1").run("2"));
    assertThat(bench().verdict(Begins.of(prepared))).isEqualTo(Verdict.CHANGED);
    Work now = bench().work(prepared.enrollment());
    assertThat(now.rev()).isEqualTo(prepared.rev() + 1);
    assertThat(now.due()).isEqualTo(prepared.due());
    assertThat(now.lane()).isEqualTo(prepared.lane());
    assertThat(now.cursor()).isEqualTo(prepared.cursor());
  }

  @Test
  void whatWasPreparedForAnOldZoneDoesNotBegin() {
    Rows row = bench().row("bo@x.example").id("u1");
    Work prepared = bench().work(bench().enroll(row));
    bench().enroll(row.contact(Rows.inZone(Rows.contact("bo@x.example", "u1"), "Asia/Tokyo")));
    assertThat(bench().verdict(Begins.of(prepared))).isEqualTo(Verdict.CHANGED);
  }

  @Test
  void aContactThatStaysWhereItIsDisturbsNothing() {
    Rows row =
        bench()
            .row("bo@x.example")
            .contact(Rows.inZone(Rows.contact("bo@x.example", "u1"), "Asia/Tokyo"));
    Work prepared = bench().work(bench().enroll(row));
    bench().enroll(row);
    bench().enroll(row.contact(Rows.contact("Bo <bo@x.example>", "u1")).run("2"));
    assertThat(bench().verdict(Begins.of(prepared))).isEqualTo(Verdict.BEGUN);
  }

  @Test
  void anEndedEnrollmentIsNotTouchedByANewAddress() {
    long enrollment = bench().enroll(bench().row("bo@x.example").id("u1"));
    bench().steer(enrollment, Plans.end(Ending.CANCELLED));
    Work ended = bench().work(enrollment);
    bench().enroll(bench().row("bo@y.example").id("u1").run("2"));
    assertThat(bench().work(enrollment)).isEqualTo(ended);
  }

  private StoreViews views() {
    return bench().handle().views();
  }

  private long contactOf(Rows row) {
    return bench().subject(bench().enroll(row)).contact().number();
  }
}
