package dev.sequencer;

import dev.sequencer.internal.text.OutsideText;

/**
 * Who does something and why; both stand in the history afterwards.
 *
 * @param who who; empty for the host itself
 * @param why why; may be empty
 */
public record Act(String who, String why) {
  /** Cleans and cuts both to 200 and 500 characters. */
  public Act {
    who = OutsideText.clean(who, 200);
    why = OutsideText.clean(why, 500);
  }

  /** Gives the host's act with a reason. */
  public static Act because(String why) {
    return new Act("", why);
  }

  /** Gives the same act of somebody. */
  public Act by(String somebody) {
    return new Act(somebody, why);
  }
}
