package dev.sequencer.internal.mail;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in a text what somebody meant to replace before it is sent. */
final class Placeholders {
  private static final Pattern TAG = Pattern.compile("\\{\\{\\{?[^{}]{0,300}}?}}");

  private static final List<Pattern> KINDS =
      List.of(
          // What a template leaves when a brace is missing.
          Pattern.compile("\\{\\{[^{}]{0,40}}}|\\{\\{|}}"),
          // [NAME], [FIRST NAME]
          Pattern.compile("\\[[A-Z][A-Z0-9_ -]{1,30}]"),
          // [your name], [Company], [insert ...]
          Pattern.compile(
              "\\[(?:(?:your|my|first|last|full|company|insert) ?){1,5}[a-z ]{0,30}]"
                  + "|\\[(?:name|company|firma|vorname|nachname|e-?mail|link|date|url)]",
              Pattern.CASE_INSENSITIVE),
          // %FIRSTNAME%, %%first_name%%
          Pattern.compile("%[A-Z][A-Z_]{2,30}%|%%[A-Za-z][A-Za-z_]{1,30}%%"),
          // *|FNAME|*
          Pattern.compile("\\*\\|[A-Z][A-Z0-9_:]{0,40}\\|\\*"),
          // <<Name>>, ${name}
          Pattern.compile("<<[A-Za-z][A-Za-z _]{1,30}>>|\\$\\{[A-Za-z_.]{1,40}}"),
          Pattern.compile("\\blorem\\s+ipsum\\b", Pattern.CASE_INSENSITIVE));

  private Placeholders() {}

  /** Gives a template without its whole tags. */
  static String withoutTags(String template) {
    return TAG.matcher(template).replaceAll(" ");
  }

  /** Gives the first of each kind, as it stands there. */
  static Set<String> in(String text) {
    Set<String> found = new LinkedHashSet<>();
    for (Pattern kind : KINDS) {
      Matcher matcher = kind.matcher(text);
      if (matcher.find()) {
        found.add(matcher.group());
      }
    }
    return found;
  }
}
