package dev.sequencer.files;

import dev.sequencer.DefinitionException;
import dev.sequencer.internal.definition.Faults;
import dev.sequencer.internal.definition.Node;
import dev.sequencer.internal.definition.Place;
import dev.sequencer.internal.definition.SequenceReader;
import dev.sequencer.internal.definition.SourcePlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the sequences of a configuration: each a file, a folder of files, or a sequence itself. */
final class SequencesReader {
  private final Path base;
  private final Faults faults;
  private final List<LocatedSequence> sequences = new ArrayList<>();
  private final Map<String, Place> seen = new HashMap<>();

  SequencesReader(Path base, Faults faults) {
    this.base = base;
    this.faults = faults;
  }

  List<LocatedSequence> read(List<Node> entries) {
    for (Node entry : entries) {
      if (entry instanceof Node.Text path) {
        path(path);
      } else if (entry instanceof Node.Members) {
        add(entry);
      } else if (!(entry instanceof Node.Unreadable)) {
        faults.add(
            entry.place(),
            "each of 'sequences' must be a path or a sequence, but is " + entry.kind());
      }
    }
    return sequences;
  }

  private void path(Node.Text entry) {
    Path path;
    try {
      path = base.resolve(entry.value()).normalize();
    } catch (InvalidPathException e) {
      faults.add(entry.place(), "this is no path: correct it");
      return;
    }
    if (Files.isDirectory(path)) {
      folder(path, entry.place());
    } else if (Files.exists(path)) {
      file(path);
    } else {
      faults.add(entry.place(), "there is no file or folder '" + path + "': correct the path");
    }
  }

  private void folder(Path folder, Place place) {
    List<Path> files;
    try (Stream<Path> inside = Files.list(folder)) {
      files =
          inside
              .filter(file -> file.toString().matches(".*\\.ya?ml"))
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
    } catch (IOException e) {
      faults.add(
          place, "the folder '" + folder + "' cannot be read: " + e.getClass().getSimpleName());
      return;
    }
    if (files.isEmpty()) {
      faults.add(
          place, "the folder '" + folder + "' has no file *.yaml: add one, or correct the path");
    }
    files.forEach(this::file);
  }

  private void file(Path file) {
    String name = file.toString();
    try {
      SourceFile.read(file, name, faults)
          .map(text -> YamlNodes.read(name, text, faults))
          .ifPresent(this::add);
    } catch (DefinitionException e) {
      faults.addAll(new Place(name, "", 0, 0), e.faults());
    }
  }

  private void add(Node node) {
    SequenceReader.read(node, faults)
        .ifPresent(
            sequence -> {
              Place place = new SourcePlaces(node).of("name");
              Place before = seen.putIfAbsent(sequence.name(), place);
              if (before != null) {
                faults.add(
                    place,
                    "each name is used for one sequence, but '"
                        + sequence.name()
                        + "' is at "
                        + before
                        + " already: rename one");
              }
              sequences.add(new LocatedSequence(sequence, node));
            });
  }
}
