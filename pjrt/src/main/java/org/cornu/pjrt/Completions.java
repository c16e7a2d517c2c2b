package org.cornu.pjrt;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.cornu.pjrt.capi.Pjrt;
import org.jspecify.annotations.Nullable;

/**
 * Plugin events as futures.
 *
 * <p>A plugin reports an event on one of its own threads, where native code only puts it into a
 * queue. One daemon thread takes events from the queue and completes the futures on the common
 * pool, so no thread waits per event and no plugin thread ever runs Java.
 */
final class Completions {
  private static final int BATCH = 64;
  private static final long WAIT_MILLIS = 1000;

  private record Pending(
      Client client, CompletableFuture<Void> future, String operation, Object keepAlive) {}

  private static final Map<Long, Pending> PENDING = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT_ID = new AtomicLong();
  private static @Nullable Thread taker;

  private Completions() {}

  /**
   * A future for an event, which is taken over. Both the client and {@code keepAlive} stay
   * reachable until the event happened.
   */
  static CompletableFuture<Void> future(
      Client client, long event, String operation, Object keepAlive) {
    CompletableFuture<Void> future = new CompletableFuture<>();
    if (event == 0) {
      future.complete(null);
      return future;
    }
    startTaker();
    long id = NEXT_ID.incrementAndGet();
    client.retain();
    PENDING.put(id, new Pending(client, future, operation, keepAlive));
    long error = Pjrt.cornu_event_watch(client.api().address, event, id);
    if (error != 0) {
      PENDING.remove(id);
      client.release();
      throw client.api().exception(error, operation);
    }
    return future;
  }

  /**
   * The number under which native code will report an end that no event stands for.
   *
   * @param then runs when it does
   */
  static long expect(Client client, String operation, Runnable then) {
    startTaker();
    long id = NEXT_ID.incrementAndGet();
    CompletableFuture<Void> future = new CompletableFuture<>();
    var unused = future.thenRun(then);
    client.retain();
    PENDING.put(id, new Pending(client, future, operation, then));
    return id;
  }

  /** Gives up a number of {@link #expect} that will never be reported. */
  static void forget(long id) {
    Pending pending = PENDING.remove(id);
    if (pending != null) {
      pending.client().release();
    }
  }

  /** Keeps an object reachable until an event happened. */
  static void keepUntil(Client client, long event, Object object) {
    var unused = future(client, event, "host buffer", object);
  }

  /** How many events have not happened yet. */
  static int pending() {
    return PENDING.size();
  }

  private static synchronized void startTaker() {
    if (taker == null) {
      taker = new Thread(Completions::takeForever, "cornu-pjrt-events");
      taker.setDaemon(true);
      taker.start();
    }
  }

  private static void takeForever() {
    long[] ids = new long[BATCH];
    long[] errors = new long[BATCH];
    while (true) {
      int count = Pjrt.cornu_completions_take(ids, errors, BATCH, WAIT_MILLIS);
      for (int i = 0; i < count; i++) {
        complete(ids[i], errors[i]);
      }
    }
  }

  private static void complete(long id, long error) {
    Pending pending = PENDING.remove(id);
    if (pending == null) {
      return;
    }
    PjrtException failure =
        error == 0 ? null : pending.client().api().exception(error, pending.operation());
    pending.client().release();
    CompletableFuture<Void> future = pending.future();
    if (future.getNumberOfDependents() == 0) {
      // Nobody to run but those that wait in join: no need for another thread.
      finish(future, failure);
    } else {
      future.defaultExecutor().execute(() -> finish(future, failure));
    }
  }

  private static void finish(CompletableFuture<Void> future, @Nullable PjrtException failure) {
    if (failure == null) {
      future.complete(null);
    } else {
      future.completeExceptionally(failure);
    }
  }
}
