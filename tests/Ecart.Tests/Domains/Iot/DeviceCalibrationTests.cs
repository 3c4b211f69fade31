using Ecart.Detection.Batch;
using Ecart.Detection.Process;
using Ecart.Domains.Iot;
using Ecart.Domains.Iot.Calibration;
using Ecart.Domains.Iot.Joint;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.Simulation;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Domains.Iot;

public sealed class DeviceCalibrationTests
{
    [Fact]
    public void Joint_LeakThatNoSignalShowsAlone_IsFoundAndNamed()
    {
        IotCalibration calibration = IotRun.Calibrate(IotCase.Rows(3000, 1));
        var run = new IotRun(calibration: calibration);
        run.Feed(IotCase.Rows(400, 2, 3001));
        Assert.Equal(0, run.CountOf(EvidenceCode.JointProcess));

        run.Feed(IotCase.Rows(60, 3, 3401, _ => 3));

        Assert.Equal(1, run.CountOf(EvidenceCode.JointProcess));
        Verdict verdict = run.Flagged[^1].Verdict;
        Evidence evidence = verdict.Evidence.ToArray().Single(found => found.Code == EvidenceCode.JointProcess);
        Assert.Contains("flow", evidence.Subject, StringComparison.Ordinal);
        Assert.Equal(1, verdict.Statistics[IotStatistic.JointAlarm]);
    }

    [Fact]
    public void Joint_RowsThroughTheEngine_AreThoseOfTheMonitorAlone()
    {
        IotMeasurement[] training = [.. IotCase.Rows(500, 1)];
        IotMeasurement[] tested = [.. IotCase.Rows(300, 2, 500)];
        ProcessMonitor monitor = ProcessMonitor.Fit(new Matrix([.. training.Select(measurement => (float)measurement.Value)], 500, 4), null, TestContext.Current.CancellationToken);
        var run = new IotRun(calibration: IotRun.Calibrate(training));

        foreach (IotMeasurement[] row in tested.Chunk(4))
        {
            double expected = monitor.Observe([.. row.Select(measurement => (float)measurement.Value)], out bool isAlarm);
            foreach (IotMeasurement measurement in row[..^1]) run.Feed(measurement);
            double[] statistics = run.Feed(row[^1]).Statistics;
            Assert.Equal(expected, statistics[IotStatistic.Joint]);
            Assert.Equal(isAlarm ? 1 : 0, statistics[IotStatistic.JointAlarm]);
        }
    }

    [Fact]
    public void Joint_SignalMissingForAWhile_RowsEndWithTheValueBefore()
    {
        var run = new IotRun(calibration: IotRun.Calibrate(IotCase.Rows(500, 1)));
        int rows = 0;
        foreach (IotMeasurement measurement in IotCase.Rows(50, 2, 500))
        {
            if (measurement.Signal == "power" && measurement.OccurredAt.Minute % 2 == 0) continue;
            if (!double.IsNaN(run.Feed(measurement).Statistics[IotStatistic.Joint])) rows++;
        }

        Assert.InRange(rows, 48, 50);
    }

    [Fact]
    public void Joint_AfterALongSilence_BeginsAnew()
    {
        var run = new IotRun(calibration: IotRun.Calibrate(IotCase.Rows(500, 1)));
        run.Feed(IotCase.Rows(10, 2, 500));

        double[] joint = [.. IotCase.Rows(3, 3, 5000).Select(measurement => run.Feed(measurement).Statistics[IotStatistic.Joint])];

        Assert.Equal([double.NaN, double.NaN, double.NaN, double.NaN], joint[..4]);
        Assert.False(double.IsNaN(joint[7]));
    }

    [Fact]
    public void Fit_Device_ThresholdsLieAboveWhatIsNormal()
    {
        CalibratedDevice device = IotRun.Calibrate(IotCase.Days(14)).Devices.Single();
        CalibratedSignal signal = device.Signals.Single();

        Assert.False(device.IsJoint);
        Assert.True(signal.IsSeasonal);
        Assert.True(signal.DistanceMean < signal.WarningDistance);
        Assert.True(signal.WarningDistance < signal.CriticalDistance);
        var run = new IotRun(calibration: new IotCalibration([device]));
        int warnings = IotCase.Days(7, 5, 14 * 1440).Count(measurement => run.Feed(measurement).DistanceToProfile > signal.WarningDistance);
        Assert.InRange(warnings, 0, 20);
    }

    [Fact]
    public void Fit_FromTheFirstMeasurement_TheDeviceIsWatched()
    {
        IotCalibration calibration = IotRun.Calibrate(IotCase.Days(14));
        var run = new IotRun(calibration: calibration);

        Verdict verdict = run.Feed(IotCase.At(15 * 1440, 40));

        Assert.Contains(EvidenceCode.ProfileDistance, IotRun.Codes(verdict));
        PublishedIotProfile[] published = [.. run.Engine.PublishProfiles()];
        Assert.Equal(["temperature", ""], published.Select(profile => profile.Signal));
        Assert.All(published, profile => Assert.Equal(calibration.Devices[0].To, profile.LastCalibration));
    }

    [Fact]
    public void Fit_TooFewMeasurementsOrOtherDevice_SaysSo()
    {
        var calibration = new DeviceCalibration("pump");
        for (int i = 0; i < 5; i++) calibration.Add(IotCase.At(i, i));

        Assert.Null(calibration.Fit(TestContext.Current.CancellationToken));
        Assert.Contains("'fan'", Assert.Throws<ArgumentException>(() => calibration.Add(IotCase.At(0, 1, "fan"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_AndRestore_IsTheSameCalibration()
    {
        IotCalibration calibration = IotRun.Calibrate(IotCase.Rows(300, 1)).With(IotRun.Calibrate(IotCase.Days(9, device: "fan"), device: "fan"));

        byte[] saved = calibration.Save();
        IotCalibration restored = IotCalibration.Restore(saved);

        Assert.Equal(saved, restored.Save());
        Assert.Equal(["fan", "pump"], restored.Devices.Select(device => device.DeviceId));
        Assert.Equal(calibration.Find("pump")!.Fingerprint, restored.Find("pump")!.Fingerprint);
        saved[60] ^= 1;
        Assert.Contains("damaged", Assert.Throws<ArtefactException>(() => IotCalibration.Restore(saved)).Message, StringComparison.Ordinal);
        Assert.Throws<ArtefactException>(() => IotCalibration.Restore("nonsense"u8));
    }

    [Fact]
    public void Doubts_HealthyFleet_None()
    {
        var simulator = new DeviceSimulator(new DeviceSimulatorOptions { Healthy = 40, Degrading = 0, Faulty = 0, Days = 30 });
        Dictionary<string, DeviceCalibration> calibrations = CalibrationsOf(simulator.Generate().Select(simulated => simulated.Event));

        Assert.Empty(calibrations.Values.SelectMany(DoubtsOf));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Doubts_DailyCourseOrWanderingLoad_None(double days)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            Assert.Empty(DoubtsOf(IotCase.Days(days, seed)));
            Assert.Empty(DoubtsOf(IotCase.Rows((int)(days * 1440), seed)));
        }
    }

    [Fact]
    public void Doubts_FaultThatGoesOn_SaysSignalLevelsAndTime()
    {
        const double Onset = 11 * 1440;
        CalibrationDoubt doubt = Assert.Single(DoubtsOf(IotCase.Days(14, fault: minute => minute < Onset ? 0 : 3)));

        Assert.Equal(("temperature", CalibrationDoubtKind.LevelShift), (doubt.Signal, doubt.Kind));
        Assert.Equal(20, doubt.Before, 0.3);
        Assert.Equal(23, doubt.After, 0.3);
        Assert.InRange(doubt.Since!.Value, IotCase.Start.AddDays(10.8), IotCase.Start.AddDays(11.2));
    }

    [Fact]
    public void Doubts_SlowDrift_IsAShift() =>
        Assert.Equal(CalibrationDoubtKind.LevelShift, Assert.Single(DoubtsOf(IotCase.Days(14, fault: minute => minute / 1440))).Kind);

    [Fact]
    public void Doubts_ReadingsBecomeNoisy_IsAChangeOfSpread()
    {
        var random = new SeededRandom(3);
        CalibrationDoubt doubt = Assert.Single(DoubtsOf(IotCase.Days(14, fault: minute => minute < 9 * 1440 ? 0 : 1.5 * random.NextNormal())));

        Assert.Equal(CalibrationDoubtKind.SpreadChange, doubt.Kind);
        Assert.True(doubt.After > 3 * doubt.Before);
        Assert.InRange(doubt.Since!.Value, IotCase.Start.AddDays(8.5), IotCase.Start.AddDays(9.5));
    }

    [Fact]
    public void Doubts_SensorStuckForADay_SaysSinceWhenAndAtWhat()
    {
        IotMeasurement[] days = [.. IotCase.Days(14)];
        for (int i = 3000; i < 3288; i++) days[i] = IotCase.At(5 * i, days[2999].Value);

        CalibrationDoubt doubt = Assert.Single(DoubtsOf(days));

        Assert.Equal(CalibrationDoubtKind.StuckSensor, doubt.Kind);
        Assert.Equal((days[2999].Value, 289), (doubt.Before, doubt.After));
        Assert.Equal(days[2999].OccurredAt, doubt.Since);
    }

    [Fact]
    public void Compare_OtherLevelOrSpreadThanBefore_IsToldAndTheSameIsNot()
    {
        DeviceCalibration calibration = CalibrationsOf(IotCase.Days(14)).Values.Single();
        CalibratedSignal signal = calibration.Fit(TestContext.Current.CancellationToken)!.Signals.Single();

        Assert.Null(calibration.Compare(signal, 20, 1.4));
        Assert.Equal(CalibrationDoubtKind.OtherLevel, calibration.Compare(signal, 25, 1.4)!.Kind);
        Assert.Equal(CalibrationDoubtKind.OtherSpread, calibration.Compare(signal, 20, 10)!.Kind);
        Assert.Equal(CalibrationDoubtKind.OtherSpread, calibration.Compare(signal, 20, 0.3)!.Kind);
    }

    [Fact]
    public void Clock_HourlyRowsOfWeeks_KnowsTheHourOfAnyTime()
    {
        var start = new DateTime(2014, 1, 6, 0, 0, 0, DateTimeKind.Utc);
        RowClock clock = RowClock.Of([.. Enumerable.Range(0, 400).Select(hour => start.AddHours(hour).Ticks)]);

        Assert.Equal(24, clock.Season);
        Assert.Equal(13, clock.PositionOf(new DateTime(2016, 7, 4, 13, 0, 0, DateTimeKind.Utc).Ticks) % 24);
        Assert.Equal(23, clock.PositionOf(start.AddHours(-1).Ticks));
        Assert.Equal(0, RowClock.Of([start.Ticks, start.AddSeconds(1).Ticks, start.AddSeconds(2).Ticks]).Season);
        Assert.Equal(0, RowClock.Of([]).Season);
    }

    private static IReadOnlyList<CalibrationDoubt> DoubtsOf(IEnumerable<IotMeasurement> measurements) => DoubtsOf(CalibrationsOf(measurements).Values.Single());

    private static IReadOnlyList<CalibrationDoubt> DoubtsOf(DeviceCalibration calibration)
    {
        Assert.NotNull(calibration.Fit(TestContext.Current.CancellationToken));
        return calibration.Doubts;
    }

    private static Dictionary<string, DeviceCalibration> CalibrationsOf(IEnumerable<IotMeasurement> measurements)
    {
        var calibrations = new Dictionary<string, DeviceCalibration>(StringComparer.Ordinal);
        foreach (IotMeasurement measurement in measurements)
        {
            if (!calibrations.TryGetValue(measurement.DeviceId, out DeviceCalibration? calibration))
                calibrations.Add(measurement.DeviceId, calibration = new DeviceCalibration(measurement.DeviceId));
            calibration.Add(measurement);
        }

        return calibrations;
    }
}
