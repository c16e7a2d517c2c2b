package org.cornu.stablehlo.interpreter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.jspecify.annotations.Nullable;

/**
 * Replicas times partitions, each a process that runs a program on a thread of its own and meets
 * the others in collectives, channels, infeed and outfeed (StableHLO spec, "Parallel execution").
 * When all processes wait for each other, or one fails, the run ends with an error instead of
 * hanging.
 */
public final class ProcessGrid {
  private static final long STACK_BYTES = 256L << 20;

  private final Interpreter interpreter;
  private final @Nullable Module module;
  private final int replicas;
  private final int partitions;

  private final Map<List<Object>, Meeting> meetings = new HashMap<>();
  private final Map<List<Object>, Queue<List<Datum>>> channels = new HashMap<>();
  private final Map<List<Object>, Integer> receivers = new HashMap<>();
  private final Queue<Supplier<List<Literal>>> infeed = new ArrayDeque<>();
  private final List<List<Literal>> outfeed = new ArrayList<>();
  private int running;
  private int waiting;
  private @Nullable Throwable failure;

  /** A grid of {@code replicas} times {@code partitions} processes. */
  public ProcessGrid(Interpreter interpreter, int replicas, int partitions) {
    this(interpreter, null, replicas, partitions);
  }

  ProcessGrid(Interpreter interpreter, @Nullable Module module, int replicas, int partitions) {
    if (replicas < 1 || partitions < 1) {
      throw new IllegalArgumentException(
          "process grid: replicas and partitions must be at least 1: got "
              + replicas
              + " x "
              + partitions);
    }
    this.interpreter = interpreter;
    this.module = module;
    this.replicas = replicas;
    this.partitions = partitions;
  }

  /** Number of replicas. */
  public int replicas() {
    return replicas;
  }

  /** Number of partitions. */
  public int partitions() {
    return partitions;
  }

  /** Queues the values of one {@code infeed}; they are asked for when it runs. */
  public synchronized ProcessGrid infeed(Supplier<List<Literal>> values) {
    infeed.add(values);
    return this;
  }

  /** What {@code outfeed} ops have put out so far, in order. */
  public synchronized List<List<Literal>> outfeed() {
    return List.copyOf(outfeed);
  }

  @Nullable Module module() {
    return module;
  }

  /**
   * Runs a program on every process.
   *
   * @param programs one per process in row-major order, or one for all
   * @param inputs inputs of each process
   * @return results of each process
   * @throws InterpreterException when a program fails or the processes wait for each other
   */
  public List<List<Literal>> run(List<Func> programs, List<List<Literal>> inputs) {
    List<Datum[]> arguments = new ArrayList<>();
    for (List<Literal> list : inputs) {
      arguments.add(list.stream().map(Array::of).toArray(Datum[]::new));
    }
    List<List<Literal>> out = new ArrayList<>();
    for (Datum[] results : start(programs, arguments)) {
      out.add(Interpreter.literals(results));
    }
    return out;
  }

  List<Datum[]> start(List<Func> programs, List<Datum[]> arguments) {
    int count = replicas * partitions;
    if (arguments.size() != count || (programs.size() != count && programs.size() != 1)) {
      throw new IllegalArgumentException(
          "process grid: programs and inputs must be given for each of "
              + count
              + " processes: got "
              + programs.size()
              + " and "
              + arguments.size());
    }
    Datum[][] results = new Datum[count][];
    List<Thread> threads = new ArrayList<>();
    synchronized (this) {
      running = count;
      waiting = 0;
      failure = null;
      meetings.clear();
      channels.clear();
      receivers.clear();
    }
    for (int id = 0; id < count; id++) {
      int me = id;
      Func program = programs.get(programs.size() == 1 ? 0 : id);
      Process process = new Process(this, id / partitions, id % partitions);
      Runnable body =
          () -> {
            try {
              results[me] = new Evaluator(interpreter, process).run(program, arguments.get(me));
              leave(null);
            } catch (Throwable e) {
              leave(e);
            }
          };
      threads.add(new Thread(null, body, "process-" + id, STACK_BYTES));
    }
    threads.forEach(Thread::start);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      fail(e);
      Thread.currentThread().interrupt();
    }
    Throwable cause;
    synchronized (this) {
      cause = failure;
    }
    if (cause instanceof InterpreterException e) {
      throw e;
    }
    if (cause != null) {
      throw new InterpreterException("process grid: a process failed: " + cause, cause);
    }
    return Arrays.asList(results);
  }

  private synchronized void leave(@Nullable Throwable error) {
    running--;
    if (error != null) {
      fail(error);
    } else {
      checkProgress();
    }
  }

  private synchronized void fail(Throwable error) {
    if (failure == null) {
      failure = error;
    }
    notifyAll();
  }

  /** Called with the lock held whenever one process less can make progress. */
  private void checkProgress() {
    if (running > 0 && waiting >= running && failure == null) {
      fail(
          new InterpreterException(
              "process grid: the "
                  + running
                  + " processes left wait for each other: "
                  + meetings.keySet()
                  + channels.keySet()));
    }
  }

  /** A collective in which not all of a group have arrived. */
  private static final class Meeting {
    final List<@Nullable List<Array>> values = new ArrayList<>();
    int missing;

    Meeting(int size) {
      missing = size;
      for (int i = 0; i < size; i++) {
        values.add(null);
      }
    }
  }

  synchronized List<List<Array>> exchange(int[] group, long channel, int me, List<Array> own) {
    List<Object> key = new ArrayList<>();
    key.add(channel);
    for (int id : group) {
      key.add(id);
    }
    Meeting meeting = meetings.computeIfAbsent(key, k -> new Meeting(group.length));
    meeting.values.set(Indexing.indexOf(group, me), own);
    meeting.missing--;
    if (meeting.missing == 0) {
      // The next collective with this key is another meeting.
      meetings.remove(key);
      waiting -= group.length - 1;
      notifyAll();
    } else {
      waiting++;
      checkProgress();
      pauseUntil(() -> meeting.missing == 0);
    }
    List<List<Array>> out = new ArrayList<>();
    for (List<Array> values : meeting.values) {
      if (values != null) {
        out.add(values);
      }
    }
    return out;
  }

  /** Waits, with the lock held, for a condition or for the failure of any process. */
  private synchronized void pauseUntil(BooleanSupplier condition) {
    while (failure == null && !condition.getAsBoolean()) {
      try {
        wait();
      } catch (InterruptedException e) {
        fail(e);
        Thread.currentThread().interrupt();
      }
    }
    if (failure != null) {
      throw new InterpreterException("process grid: another process failed", failure);
    }
  }

  synchronized void send(List<Object> channel, List<Datum> values) {
    channels.computeIfAbsent(channel, k -> new ArrayDeque<>()).add(values);
    if (receivers.merge(channel, -1, Integer::sum) >= 0) {
      waiting--;
    } else {
      receivers.put(channel, 0);
    }
    notifyAll();
  }

  synchronized List<Datum> receive(List<Object> channel) {
    Queue<List<Datum>> queue = channels.computeIfAbsent(channel, k -> new ArrayDeque<>());
    if (queue.isEmpty()) {
      receivers.merge(channel, 1, Integer::sum);
      waiting++;
      checkProgress();
      pauseUntil(() -> !queue.isEmpty());
    }
    return queue.remove();
  }

  List<Literal> nextInfeed() {
    Supplier<List<Literal>> next;
    synchronized (this) {
      next = infeed.poll();
    }
    if (next == null) {
      throw new InterpreterException("nothing is left in the infeed queue");
    }
    return next.get();
  }

  synchronized void putOut(List<Literal> values) {
    outfeed.add(values);
  }
}
