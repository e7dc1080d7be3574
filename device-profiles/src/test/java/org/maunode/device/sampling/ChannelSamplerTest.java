package org.maunode.device.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.maunode.device.driver.DriverException.Reason;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.Audience;
import org.maunode.device.profile.ChannelName;
import org.maunode.device.profile.Device;
import org.maunode.device.profile.DriverKind;
import org.maunode.device.profile.Quantity;
import org.maunode.device.profile.Range;
import org.maunode.device.profile.Resolution;
import org.maunode.device.profile.Scale;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.profile.Wiring;

final class ChannelSamplerTest {
    private static final Instant START = Instant.parse("2026-11-23T08:15:00Z");
    private static final BigDecimal DEAD_BAND = new BigDecimal("0.5");
    private static final SensorChannel CHANNEL = new SensorChannel(
            new ChannelName("cpu"),
            "CPU",
            new Device(DriverKind.CPU_TEMPERATURE, new Wiring.Any()),
            new Scale(
                    Quantity.CPU_TEMPERATURE,
                    new Resolution(new BigDecimal("0.1"), DEAD_BAND),
                    new Range(BigDecimal.valueOf(-40), BigDecimal.valueOf(150)),
                    BigDecimal.valueOf(5)),
            Duration.ofSeconds(10),
            new Audience.OfTheNode());

    private final ChannelSampler sampler = new ChannelSampler(CHANNEL);

    private static Sample degrees(String value) {
        return new Sample.Amount(new BigDecimal(value));
    }

    private static Instant after(long seconds) {
        return START.plusSeconds(seconds);
    }

    /** Samples, and publishes what is to be published. */
    private Optional<Observed> sample(String value, long seconds) {
        sampler.asked(after(seconds));
        Optional<Observed> news = sampler.sampled(degrees(value), after(seconds));
        news.ifPresent(sampler::published);
        return news;
    }

    private Optional<Observed> fail(Reason reason, long seconds) {
        sampler.asked(after(seconds));
        Optional<Observed> news = sampler.failed(reason, after(seconds));
        news.ifPresent(sampler::published);
        return news;
    }

    private static Observed.Measured measured(String value, long seconds) {
        return new Observed.Measured(CHANNEL, degrees(value), after(seconds), Quality.OK);
    }

    @Test
    void publishesTheFirstSample() {
        assertEquals(Optional.of(measured("21.4", 0)), sample("21.4", 0));
    }

    @Test
    void keepsQuietInsideTheDeadBandAndOnItsEdge() {
        sample("21.4", 0);
        assertEquals(Optional.empty(), sample("21.8", 10));
        assertEquals(Optional.empty(), sample("21.9", 20));
        assertEquals(Optional.empty(), sample("20.9", 30));
        assertEquals(Optional.of(measured("22.0", 40)), sample("22.0", 40));
    }

    @Test
    void measuresTheDeadBandFromWhatWasPublishedSoThatADriftIsSeen() {
        sample("20.0", 0);
        assertEquals(Optional.empty(), sample("20.3", 10));
        assertEquals(Optional.of(measured("20.6", 20)), sample("20.6", 20));
    }

    @Test
    void offersAgainWhatCouldNotBeWritten() {
        assertTrue(sampler.sampled(degrees("21.4"), after(0)).isPresent());
        assertEquals(Optional.of(measured("21.4", 10)), sample("21.4", 10));
        assertEquals(Optional.empty(), sample("21.4", 20));
    }

    @Test
    void publishesAFaultOnceWithTheLastGoodValueAndItsTime() {
        sample("21.4", 0);
        sample("21.6", 10);
        Observed fault = new Observed.Lost(measured("21.6", 10), Reason.VANISHED, after(20));
        assertEquals(Optional.of(fault), fail(Reason.VANISHED, 20));
        assertEquals(Quality.FAULT, fault.quality());
        assertEquals(after(10), fault.at());
        assertEquals(Optional.empty(), fail(Reason.VANISHED, 30));
        assertEquals(Optional.empty(), fail(Reason.UNREADABLE, 50));
    }

    @Test
    void publishesAFaultWithoutAValueWhereThereNeverWasOne() {
        assertEquals(
                Optional.of(new Observed.Missing(CHANNEL, Reason.UNREADABLE, after(0))), fail(Reason.UNREADABLE, 0));
        assertEquals(Optional.empty(), fail(Reason.UNREADABLE, 10));
    }

    @Test
    void publishesTheReturnEvenOfTheSameValue() {
        sample("21.4", 0);
        fail(Reason.VANISHED, 10);
        assertEquals(Optional.of(measured("21.4", 20)), sample("21.4", 20));
    }

    @Test
    void tellsSinceWhenItFailsEvenIfTheFirstFaultCouldNotBeWritten() {
        sample("21.4", 0);
        sampler.failed(Reason.VANISHED, after(10));
        assertEquals(
                Optional.of(new Observed.Lost(measured("21.4", 0), Reason.VANISHED, after(10))),
                fail(Reason.VANISHED, 20));
    }

    @Test
    void isDueAtOnceAndThenOnceAPeriod() {
        assertEquals(Duration.ZERO, sampler.untilDue(after(0)));
        sample("21.4", 0);
        assertEquals(Duration.ofSeconds(10), sampler.untilDue(after(0)));
        assertEquals(Duration.ofSeconds(1), sampler.untilDue(after(9)));
        assertEquals(Duration.ZERO, sampler.untilDue(after(10)));
        assertEquals(Duration.ZERO, sampler.untilDue(after(1000)));
    }

    @Test
    void leavesAFailingSensorAloneForLongerAndLonger() {
        fail(Reason.VANISHED, 0);
        assertEquals(Duration.ofSeconds(10), sampler.untilDue(after(0)));
        fail(Reason.VANISHED, 10);
        assertEquals(Duration.ofSeconds(20), sampler.untilDue(after(10)));
        sample("21.4", 30);
        assertEquals(Duration.ofSeconds(10), sampler.untilDue(after(30)));
    }

    @Test
    void isDueAtOnceWhenTheClockWasSetBack() {
        sample("21.4", 0);
        assertEquals(Duration.ZERO, sampler.untilDue(START.minus(Duration.ofDays(20_000))));
    }

    private Optional<Observed> overdue(long seconds) {
        Optional<Observed> news = sampler.overdue(after(seconds));
        news.ifPresent(sampler::published);
        return news;
    }

    @Test
    void whatWasNotRenewedInTimeIsStaleOnceWithItsOwnTime() {
        sample("21.4", 0);
        sampler.asked(after(10));
        assertEquals(Optional.of(measured("21.4", 0).stale()), overdue(15));
        assertEquals(Quality.STALE, sampler.known().orElseThrow().quality());
        assertEquals(Optional.empty(), overdue(25));
        assertEquals(Optional.of(measured("21.4", 30)), sample("21.4", 30));
    }

    @Test
    void whatNeverAnsweredIsAFaultWithoutAValue() {
        sampler.asked(after(0));
        assertEquals(Optional.of(new Observed.Missing(CHANNEL, Reason.SILENT, after(5))), overdue(5));
        assertEquals(Optional.of(measured("21.4", 6)), sample("21.4", 6));
    }

    @Test
    void whatFailedBeforeItFellSilentGoesOnBeingAFault() {
        sample("21.4", 0);
        fail(Reason.UNREADABLE, 10);
        sampler.asked(after(20));
        assertEquals(Optional.empty(), overdue(25));
        assertEquals(Quality.FAULT, sampler.known().orElseThrow().quality());
        assertEquals(Optional.of(after(10)), sampler.failingSince());
    }

    @Test
    void keepsItsPeriodThoughItIsAskedALittleEarlyOrLate() {
        sampler.asked(START);
        sampler.asked(after(10).plus(ChannelSampler.TOGETHER));
        assertEquals(after(20), after(10).plus(sampler.untilDue(after(10))));
        sampler.asked(after(20).minus(ChannelSampler.TOGETHER));
        assertEquals(Duration.ofSeconds(10), sampler.untilDue(after(20)));
    }

    @Test
    void beginsAnewWhereItIsAskedMuchTooLate() {
        sampler.asked(START);
        Instant late = after(10).plus(ChannelSampler.TOGETHER).plusNanos(1);
        sampler.asked(late);
        assertEquals(Duration.ofSeconds(10), sampler.untilDue(late));
    }

    @Test
    void knowsWhatWasNoNewsToo() {
        sample("21.4", 0);
        sample("21.5", 10);
        assertEquals(Optional.of(measured("21.5", 10)), sampler.known());
    }

    /** Over a random life: what others see is never further from the truth than the dead band. */
    @Test
    void whatIsPublishedStaysWithinTheDeadBandOfWhatIsMeasured() {
        Random random = new Random(5);
        int published = 0;
        BigDecimal seen = BigDecimal.ZERO;
        BigDecimal now = new BigDecimal("20.0");
        for (int second = 0; second < 20_000; second += 10) {
            now = now.add(BigDecimal.valueOf(random.nextInt(-3, 4), 1));
            if (sample(now.toString(), second).isPresent()) {
                seen = now;
                published++;
            }
            assertTrue(seen.subtract(now).abs().compareTo(DEAD_BAND) <= 0, "at " + second);
        }
        assertTrue(published > 10 && published < 1000, published + " of 2000 samples were published");
    }

    /** Over a random life with faults and failing writes: others never see another quality than the last written one. */
    @Test
    void neverPublishesTwiceTheSameAndAlwaysAChangeOfQuality() {
        Random random = new Random(7);
        Optional<Observed> written = Optional.empty();
        for (int second = 0; second < 20_000; second += 10) {
            Optional<Observed> news = random.nextInt(4) == 0
                    ? sampler.failed(Reason.UNREADABLE, after(second))
                    : sampler.sampled(degrees("21." + random.nextInt(10)), after(second));
            Optional<Observed> before = written;
            news.ifPresent(each -> assertTrue(before.isEmpty() || isWorthWriting(each, before.get())));
            if (news.isPresent() && random.nextInt(3) > 0) {
                sampler.published(news.get());
                written = news;
            }
        }
    }

    private static boolean isWorthWriting(Observed news, Observed written) {
        return news.quality() != written.quality()
                || news instanceof Observed.Measured(var channel, var now, var at, var quality)
                        && written instanceof Observed.Measured then
                        && now.isBeyond(DEAD_BAND, then.sample());
    }

    @Test
    void countsEveryTurnOfASwitchAndNothingElse() {
        Sample on = new Sample.Switch(true);
        assertTrue(on.isBeyond(BigDecimal.ZERO, new Sample.Switch(false)));
        assertEquals(false, on.isBeyond(BigDecimal.ZERO, new Sample.Switch(true)));
        assertTrue(on.isBeyond(BigDecimal.ZERO, degrees("1")));
    }
}
