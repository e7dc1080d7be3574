/** An empty JVM to compare with: it waits, and does nothing else. */
public final class Empty {
    private Empty() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("up");
        new java.util.concurrent.CountDownLatch(1).await();
    }
}
