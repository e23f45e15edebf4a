package dev.sequencer.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sequencer.DefinitionException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is wrong with a text is told at once, each with its place. */
class FaultsTest {
  private static List<String> faults(Consumer<String> reader, String json) {
    DefinitionException e =
        catchThrowableOfType(DefinitionException.class, () -> reader.accept(json));
    return e.faults().stream().map(Object::toString).toList();
  }

  private static List<String> sequence(String json) {
    return faults(Definitions::sequence, json);
  }

  private static List<String> inStep(String fields) {
    return sequence("{\"name\":\"x\",\"steps\":[{" + fields + "}]}");
  }

  private static List<String> mailbox(String json) {
    return faults(Definitions::mailbox, json);
  }

  private static List<String> window(String json) {
    return faults(Definitions::window, json);
  }

  @Test
  void everythingWrongIsToldAtOnceInTheOrderOfLines() {
    assertThat(
            sequence(
                """
                {
                  "format": 1,
                  "nam": "onboarding",
                  "kind": "bluk",
                  "window": {"mon": ["09:00-08"], "moon": ["09:00-10:00"]},
                  "defaultZone": "Europe/Berln",
                  "pool": ["no address"],
                  "retry": "patiently",
                  "onFailure": true,
                  "endsAt": "tomorrow",
                  "steps": [
                    {"key": "a", "type": "emial"},
                    {"key": "a", "type": "wait", "delay": "two days"}
                  ]
                }"""))
        .containsExactly(
            "1:1: a sequence needs 'name', but has none",
            "3:3 nam: a field here must be one of format, name, description, kind, window,"
                + " defaultZone, pool, retry, onFailure, inDoubt, pace, endsAt, steps, but is"
                + " 'nam': did you mean 'name'?",
            "4:11 kind: 'kind' must be one of personal, bulk, transactional, but is 'bluk': did you"
                + " mean 'bulk'?",
            "5:22 window.mon[0]: A range of a window must be HH:mm-HH:mm with an end up to 24:00,"
                + " but was \"09:00-08\"; write for example 09:00-17:00",
            "5:35 window.moon: a field of a window must be one of mon, tue, wed, thu, fri, sat,"
                + " sun, daily, holidays, but is 'moon': did you mean 'mon'?",
            "6:18 defaultZone: A time zone must be an id of the IANA database, but was"
                + " \"Europe/Berln\"; did you mean \"Europe/Berlin\"?",
            "7:12 pool[0]: an e-mail address must read local@domain or Name <local@domain>, but it"
                + " has no '@'",
            "8:12 retry: 'retry', where it is no list of times, must be one of standard, patient,"
                + " never, but is 'patiently': did you mean 'patient'?",
            "9:16 onFailure: 'onFailure' must be a text, but is true: write it in quotes",
            "10:13 endsAt: 'endsAt' must be an instant such as 2026-12-31T22:59:00Z or"
                + " 2026-12-31T23:59:00+01:00, but is 'tomorrow'",
            "12:26 steps[0].type: the type of a step must be one of email, wait, but is 'emial':"
                + " did you mean 'email'?",
            "13:13 steps[1].key: each key is used once in a sequence, but 'a' stands at steps[0]"
                + " already: rename one",
            "13:43 steps[1].delay: A delay must be like \"3d at 09:30\", \"2d+4h\", \"5 business"
                + " days\" or \"90m since enrollment\", but was \"two days\"");
  }

  @Test
  void aStepSaysWhatItIs() {
    assertThat(inStep("\"key\":\"a\",\"type\":\"branch\""))
        .containsExactly(
            "1:40 steps[0].type: the type of a step must be one of email, wait, but is 'branch'");
    assertThat(inStep("\"emails\":\"a\",\"template\":\"t\""))
        .containsExactly(
            "1:23 steps[0].emails: the type of a step must be one of email, wait, but is 'emails':"
                + " did you mean 'email'?");
    assertThat(inStep("\"template\":\"t\""))
        .containsExactly(
            "1:22 steps[0]: a step begins with its type, such as 'email: welcome' or 'wait: 2d',"
                + " but this has only template");
    assertThat(inStep("\"email\":\"a\",\"wait\":\"2d\""))
        .containsExactly(
            "1:35 steps[0].wait: a step is of one type, but this has 'email' and 'wait': split it"
                + " in two, or leave one out");
    assertThat(inStep("\"type\":\"email\",\"email\":\"a\""))
        .containsExactly(
            "1:38 steps[0].email: a step is of one type, but this has 'type' and 'email': split it"
                + " in two, or leave one out");
    assertThat(inStep("\"email\":\"\""))
        .containsExactly(
            "1:31 steps[0].email: 'email' must not be blank: give it a value or leave it out");
    assertThat(inStep("")).hasSize(1).first().asString().endsWith("but this has nothing");
    assertThat(sequence("{\"name\":\"x\",\"steps\":[\"welcome\",7]}"))
        .containsExactly(
            "1:22 steps[0]: a step must be an object with fields, but is a text",
            "1:32 steps[1]: a step must be an object with fields, but is the number 7");
  }

  @Test
  void theFieldsOfAnEmailAreChecked() {
    assertThat(
            inStep(
                """
                "key":"a","type":"email","template":" ","subject":7,"kind":"PERSONAL",
                "inThread":"yes","cc":["x"],"headers":{"":"a","X":1},
                "attachments":[" ",{"contentId":"logo"},{"file":"a","id":"b"}],
                "defaults":{"a":null,"b":"\\u0000"},"delay":"2d\""""))
        .containsExactly(
            "1:59 steps[0].template: 'template' must not be blank: give it a value or leave it out",
            "1:73 steps[0].subject: 'subject' must be a text, but is the number 7: write it in"
                + " quotes",
            "1:82 steps[0].kind: 'kind' must be one of personal, bulk, transactional, but is"
                + " 'PERSONAL': did you mean 'personal'?",
            "2:12 steps[0].inThread: 'inThread' must be true or false, but is 'yes'",
            "2:24 steps[0].cc[0]: an e-mail address must read local@domain or Name <local@domain>,"
                + " but it has no '@'",
            "2:40 steps[0].headers.: the name of a header must not be blank",
            "2:51 steps[0].headers.X: each of 'headers' must be a text, but is the number 1: write"
                + " it in quotes",
            "3:16 steps[0].attachments[0]: the name of an attachment must not be blank",
            "3:20 steps[0].attachments[1]: an attachment needs 'file', but has none",
            "3:53 steps[0].attachments[2].id: a field here must be one of file, contentId, but is"
                + " 'id'",
            "4:17 steps[0].defaults.a: a default must have a value, but this is empty: leave it"
                + " out",
            "4:26 steps[0].defaults.b: a default must have no NUL and no lone surrogate, but has"
                + " U+0000 as its character 1: remove it",
            "4:36 steps[0].delay: a field here must be one of type, key, next, template, subject,"
                + " text, html, kind, inThread, cc, bcc, replyTo, headers, attachments, defaults,"
                + " but is 'delay'");
  }

  @Test
  void whatFollowsWhatIsChecked() {
    String two =
        "{\"name\":\"x\",\"steps\":[{\"email\":\"one\",\"next\":\"%s\"},{\"wait\":\"1d\",\"next\":\"%s\"}]}";
    assertThat(sequence(two.formatted("tow", "one")))
        .containsExactly(
            "1:44 steps[0].next: 'tow' is no step of this sequence: name the key of one");
    assertThat(sequence(two.formatted("wait-1", "one")))
        .containsExactly(
            "1:22 steps[0]: a sequence must come to an end, but its steps lead back to this one");
    assertThat(sequence("{\"name\":\"x\",\"steps\":[]}"))
        .containsExactly("1:21 steps: a sequence needs at least one step, but has none");
    assertThat(sequence("{\"name\":\"x\"}"))
        .containsExactly("1:1: a sequence needs 'steps', but has none");
    assertThat(sequence("{\"name\":\"?\",\"steps\":[{\"wait\":\"1d\"}]}"))
        .singleElement()
        .asString()
        .startsWith("1:9 name: the name of a sequence must begin with a letter or digit");
  }

  @Test
  void absurdDelaysAndPacesAreRefused() {
    assertThat(inStep("\"wait\":\"9999999999999999999d\"")).hasSize(1);
    assertThat(inStep("\"wait\":\"3651d\""))
        .containsExactly(
            "1:30 steps[0].wait: A delay in days must be 0 to 3,650, but was 3,651; correct it or"
                + " split the wait");
    assertThat(sequence("{\"name\":\"x\",\"pace\":{},\"steps\":[{\"wait\":\"1d\"}]}"))
        .containsExactly("1:20 pace: 'pace' needs 'perHour', 'minGap' or both, but has none");
    assertThat(
            sequence(
                "{\"name\":\"x\",\"pace\":{\"perHour\":0,\"minGap\":\"2 weeks\"},"
                    + "\"retry\":[\"5m\",\"1y\"],\"steps\":[{\"wait\":\"1d\"}]}"))
        .containsExactly(
            "1:31 pace.perHour: 'perHour' must be a whole number from 1 to 2147483647, but is 0",
            "1:42 pace.minGap: a time must be like 500ms, 4s, 15m, 1h30m or 2d, but is '2 weeks'",
            "1:67 retry[1]: a time must be like 500ms, 4s, 15m, 1h30m or 2d, but is '1y'");
  }

  @Test
  void aMailboxIsChecked() {
    assertThat(
            mailbox(
                """
                {"adress": "ann@acme.example", "preset": "gmial", "perDay": 0, "perHour": 1.5,
                 "minGap": "25h", "spread": "evnly", "rampUp": {"start": 9, "step": 1, "upTo": 5},
                 "hours": {}, "zone": "EST", "concurrency": 101, "password": "hidden"}"""))
        .containsExactly(
            "1:1: a mailbox needs 'address', but has none",
            "1:2 adress: a field here must be one of format, address, preset, via, credentials,"
                + " perDay, perHour, day, hour, minGap, spread, rampUp, hours, zone, concurrency,"
                + " but is 'adress': did you mean 'address'?",
            "1:42 preset: 'preset' must be one of gmail, google-workspace, but is 'gmial': did you"
                + " mean 'gmail'?",
            "1:61 perDay: 'perDay' must be a whole number from 1 to 2147483647, but is 0",
            "1:75 perHour: 'perHour' must be a whole number from 1 to 2147483647, but is 1.5",
            "2:12 minGap: the least time between two mails must be between 1 ms and 24 hours, but"
                + " is PT25H",
            "2:29 spread: 'spread' must be one of as-it-comes, evenly, evenly-with-jitter, but is"
                + " 'evnly': did you mean 'evenly'?",
            "2:48 rampUp: a ramp-up must not start above its end, but starts at 9 of 5",
            "3:11 hours: 'hours' must open on at least one weekday, but has no range: add one, or"
                + " leave it out",
            "3:23 zone: A time zone must be an id of the IANA database, but was \"EST\"; use a"
                + " region such as \"Europe/Berlin\", or \"Etc/UTC\"",
            "3:45 concurrency: 'concurrency' must be a whole number from 1 to 100, but is 101",
            "3:50 password: a field here must be one of format, address, preset, via, credentials,"
                + " perDay, perHour, day, hour, minGap, spread, rampUp, hours, zone, concurrency,"
                + " but is 'password'");
  }

  @Test
  void aWindowTakesWeekdaysInARowAndRefusesOneTwice() {
    assertThat(Definitions.window("{\"Mon-Wed,sat\":\"09:00-12:00\",\"Sunday\":[\"08:00-09:00\"]}"))
        .isEqualTo(
            Definitions.window(
                """
                {"mon":["09:00-12:00"],"tue":["09:00-12:00"],"wed":["09:00-12:00"],
                 "sat":["09:00-12:00"],"sun":["08:00-09:00"]}"""));
    assertThat(window("{\"mon-fri\":\"09:00-12:00\",\"fri\":\"13:00-14:00\"}"))
        .containsExactly(
            "1:26 fri: a window names each weekday once, but 'fri' has fri again after 'mon-fri':"
                + " give all ranges of a day in one list");
    assertThat(window("{\"sat-mon\":\"09:00-12:00\"}"))
        .containsExactly(
            "1:2 sat-mon: weekdays go from Monday to Sunday, but 'sat-mon' goes back: write both"
                + " parts with a comma, such as sat-sun,mon");
    assertThat(window("{\"mon\":\"10:00-10:00\",\"holidays\":[\"2026-02-30\",\"2026-12-25\"]}"))
        .containsExactly(
            "1:8 mon: A range of a window must not be empty, but was \"10:00-10:00\"; write"
                + " 00:00-24:00 for a whole day",
            "1:34 holidays[0]: A holiday must be a date as yyyy-MM-dd, but was \"2026-02-30\";"
                + " correct or remove it");
    assertThat(window("[]"))
        .containsExactly(
            "1:1: a window must be an object such as {mon-fri: \"09:00-17:00\"}, but is a list");
  }

  @Test
  void malformedJsonIsToldWithLineAndColumn() {
    assertThat(sequence("{\n  \"name\": \"x\",\n  \"steps\": [}\n"))
        .singleElement()
        .asString()
        .startsWith("3:13: JSON is malformed: Unexpected close marker '}'");
    assertThat(sequence(""))
        .containsExactly(": a definition is a JSON object, but there is nothing");
    assertThat(sequence("{} {}"))
        .containsExactly("1:4: JSON ends after its value, but goes on here");
    assertThat(sequence("[".repeat(65))).singleElement().asString().contains("maximum allowed (64");
    assertThat(sequence("x".repeat(Json.LONGEST + 1)))
        .singleElement()
        .asString()
        .endsWith("a definition has at most 10000000 characters, but has 10000001");
  }

  @Test
  void aNameThatStandsTwiceIsAFaultAtTheSecondOne() {
    assertThat(sequence("{\"name\":\"x\",\n\"steps\":[{\"wait\":\"1d\"}],\n\"name\":\"y\"}"))
        .containsExactly(
            "3:1 name: each name stands once in an object, but 'name' is at 1:2 already: remove"
                + " one");
  }

  @Test
  void problemsOfTheEngineFindTheirPlaceByKeyAndByNumber() {
    Node node =
        JsonNodes.read(
            "x",
            """
            {"steps": [
              {"email": "a", "template": "t"},
              {"wait": "1d"},
              {"email": "a.b", "template": "t"},
              {"key": "named", "type": "wait", "delay": "2d"}]}""",
            new Faults());
    SourcePlaces places = new SourcePlaces(node);
    assertThat(places.of("steps.a.template")).hasToString("2:30 steps[0].template");
    assertThat(places.of("steps.a.b.template")).hasToString("4:32 steps[2].template");
    assertThat(places.of("steps.a.b.key")).hasToString("4:13 steps[2].email");
    assertThat(places.of("steps.wait-1.delay")).hasToString("3:12 steps[1].wait");
    assertThat(places.of("steps[3].delay")).hasToString("5:45 steps[3].delay");
    assertThat(places.of("steps.a.subject")).hasToString("2:3 steps[0]");
    assertThat(places.of("window.mon")).hasToString("1:1");
  }
}
