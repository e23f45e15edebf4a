package dev.sequencer.internal.mail;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The links of a mail: which there are, which lead nowhere safe, which unsubscribe. */
final class Links {
  private static final List<String> ATTRIBUTES =
      List.of("href", "src", "background", "action", "poster");
  private static final Pattern IN_TEXT =
      Pattern.compile("\\bhttps?://[^\\s<>\"')\\]]{1,1000}", Pattern.CASE_INSENSITIVE);
  private static final Pattern LOCAL =
      Pattern.compile(
          "(?:https?:)?//(?:[^/@]{0,100}@)?(?:(?:[a-z0-9-]{1,63}\\.){0,5}localhost|127(?:\\.\\d{1,3}){3}"
              + "|0\\.0\\.0\\.0|\\[::1])(?:[:/?#].*)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern LINK_OR_VARIABLE =
      Pattern.compile("https?://|mailto:|\\{\\{", Pattern.CASE_INSENSITIVE);
  private static final Pattern PARAGRAPHS = Pattern.compile("\\n[ \\t]*\\n");
  private static final int LONGEST_LABEL = 300;

  // How links to unsubscribe are called, in lower case.
  private static final List<String> UNSUBSCRIBE =
      List.of(
          "unsub",
          "opt-out",
          "opt out",
          "optout",
          "opt_out",
          "abmeld",
          "abbestell",
          "austragen",
          "désabonn",
          "desabonn",
          "désinscri",
          "desinscri",
          "se désinscrire",
          "disiscri",
          "annulla iscrizione",
          "darse de baja",
          "cancelar suscripci",
          "cancelar la suscripci",
          "cancelar inscri",
          "cancelar assinatura",
          "descadastr",
          "uitschrij",
          "afmeld",
          "avprenumerera",
          "avregistrera",
          "avmeld",
          "peruuta tilaus",
          "odhlás",
          "wypisz",
          "rezygn",
          "отпис",
          "відпис",
          "配信停止",
          "退订",
          "取消订阅",
          "수신거부");

  private Links() {}

  static Set<String> of(HtmlPage page) {
    Set<String> links = new LinkedHashSet<>();
    for (HtmlPage.Tag tag : page.tags()) {
      for (String attribute : ATTRIBUTES) {
        String link = tag.attribute(attribute).strip();
        if (!link.isEmpty()) {
          links.add(link);
        }
      }
    }
    return links;
  }

  static Set<String> of(String text) {
    Set<String> links = new LinkedHashSet<>();
    Matcher matcher = IN_TEXT.matcher(text);
    while (matcher.find()) {
      links.add(matcher.group());
    }
    return links;
  }

  /** Says whether a link leads to the machine of whoever follows it. */
  static boolean isLocal(String link) {
    return LOCAL.matcher(link).matches();
  }

  /** Says whether a link goes over the net unencrypted. */
  static boolean isPlain(String link) {
    return link.regionMatches(true, 0, "http://", 0, 7);
  }

  /** Gives a link as a message shows it: what stands behind the path may name a person. */
  static String shown(String link) {
    return MailRules.quoted(link.split("[?#]", 2)[0]);
  }

  static boolean unsubscribes(HtmlPage page) {
    for (HtmlPage.Tag tag : page.tags()) {
      String link = tag.attribute("href").strip();
      boolean leadsSomewhere =
          (tag.name().equals("a") || tag.name().equals("area")) && link.length() > 1;
      if (leadsSomewhere
          && (isUnsubscribe(link) || isUnsubscribe(page.label(tag, LONGEST_LABEL)))) {
        return true;
      }
    }
    return false;
  }

  static boolean unsubscribes(String text) {
    for (String paragraph : PARAGRAPHS.split(text, -1)) {
      if (isUnsubscribe(paragraph) && LINK_OR_VARIABLE.matcher(paragraph).find()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUnsubscribe(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return UNSUBSCRIBE.stream().anyMatch(lower::contains);
  }
}
