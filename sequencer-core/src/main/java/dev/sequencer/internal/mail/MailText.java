package dev.sequencer.internal.mail;

/**
 * One template text with what people call it.
 *
 * @param source the template text
 * @param called such as {@code the subject of template 'welcome'}
 * @param template whether it came from a template, not from the definition
 */
record MailText(String source, String called, boolean template) {}
