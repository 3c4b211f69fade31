using Ecart.Detection;
using Ecart.Detection.Process;
using Ecart.TestKit;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection.Process;

public sealed class ProcessMonitorTests
{
    private const int Signals = 7;
    private const int Training = 600;

    [Fact]
    public void Observe_NormalRows_HardlyEverAlarms()
    {
        ProcessMonitor monitor = MadeUpPlant.Fit(MadeUpPlant.Rows(Training, Signals));

        Assert.InRange(CountAlarms(monitor, MadeUpPlant.Rows(2000, Signals, seed: 2)), 0, 60);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Observe_ShiftedSignal_AlarmsAndNamesIt(int signal)
    {
        ProcessMonitor monitor = MadeUpPlant.Fit(MadeUpPlant.Rows(Training, Signals));
        Matrix rows = MadeUpPlant.Rows(200, Signals, seed: 3);
        var contributions = new double[Signals];
        for (int row = 100; row < rows.Rows; row++) rows.Row(row)[signal] += signal % 3 == 0 ? 2 * (signal + 1) : 3;
        for (int row = 0; row < 120; row++) monitor.Observe(rows.Row(row), out _);

        double score = monitor.Score(rows.Row(120));
        monitor.Explain(rows.Row(120), contributions);

        Assert.True(score >= monitor.Threshold, $"score {score}, threshold {monitor.Threshold}");
        Assert.True(monitor.IsAlarm);
        Assert.True(contributions[signal] >= 9, $"contributions {string.Join(' ', contributions)}");
        Assert.All(contributions, contribution => Assert.InRange(contribution, 0, 64));
    }

    [Fact]
    public void Expect_SignalThatFollowsAnother_IsCloseToWhatItShouldHaveBeen()
    {
        ProcessMonitor monitor = MadeUpPlant.Fit(MadeUpPlant.Rows(Training, Signals));
        Matrix rows = MadeUpPlant.Rows(20, Signals, seed: 11);
        for (int row = 0; row < 19; row++) monitor.Learn(rows.Row(row));
        float[] broken = [.. rows.Row(19)];
        broken[6] += 3;
        var expected = new double[Signals];

        monitor.Expect(broken, expected);

        Assert.Equal(rows.Row(19)[6], expected[6], 2.5);
        Assert.True(Math.Abs(broken[6] - expected[6]) > 1, $"expected {expected[6]}, is {broken[6]}");
        Assert.Throws<DetectorInputException>(() => monitor.Expect(broken, new double[2]));
    }

    [Fact]
    public void Observe_BrokenRelation_AlarmsAlthoughEverySignalIsInItsRange()
    {
        ProcessMonitor monitor = MadeUpPlant.Fit(MadeUpPlant.Rows(Training, Signals));
        Matrix rows = MadeUpPlant.Rows(300, Signals, seed: 4);
        Matrix replayed = MadeUpPlant.Rows(300, Signals, seed: 5);
        for (int row = 100; row < 300; row++) rows.Row(row)[3] = replayed.Row(row - 50)[3];

        Assert.InRange(CountAlarms(monitor, rows), 100, 210);
    }

    [Fact]
    public void Observe_ConstantSignalChanges_Alarms()
    {
        ProcessMonitor monitor = MadeUpPlant.Fit(WithConstant(MadeUpPlant.Rows(Training, Signals), 2, 0));
        Matrix rows = WithConstant(MadeUpPlant.Rows(50, Signals, seed: 6), 2, 0);
        for (int row = 0; row < 30; row++) monitor.Observe(rows.Row(row), out _);
        Assert.False(monitor.IsAlarm);
        for (int row = 30; row < 50; row++)
        {
            rows.Row(row)[2] = 1;
            monitor.Observe(rows.Row(row), out _);
        }

        Assert.True(monitor.IsAlarm);
    }

    [Theory]
    [InlineData(0.5, 0, 100)]
    [InlineData(0, 300, 2000)]
    public void Observe_SlowDrift_IsFollowedUnlessAdaptationIsOff(double adaptation, int leastAlarms, int mostAlarms)
    {
        ProcessMonitor monitor = MadeUpPlant.Fit(MadeUpPlant.Rows(Training, Signals), new ProcessMonitorOptions { Adaptation = adaptation });
        Matrix rows = MadeUpPlant.Rows(2000, Signals, seed: 7);
        for (int row = 0; row < rows.Rows; row++) rows.Row(row)[2] += 2.5f * row / rows.Rows;

        Assert.InRange(CountAlarms(monitor, rows), leastAlarms, mostAlarms);
    }

    [Fact]
    public void Fit_Season_IsLearned()
    {
        Matrix Seasonal(int first, int count)
        {
            Matrix rows = MadeUpPlant.Rows(count, 2, seed: (ulong)first + 9);
            for (int row = 0; row < count; row++) rows.Row(row)[1] = ((first + row) % 24 == 5 ? 50 : 0) + (rows.Row(row)[1] * 0.1f);
            return rows;
        }

        ProcessMonitor monitor = MadeUpPlant.Fit(Seasonal(0, Training), new ProcessMonitorOptions { Season = 24 });
        Assert.InRange(CountAlarms(monitor, Seasonal(Training, 480)), 0, 20);
        monitor.Restart(7);
        Assert.InRange(CountAlarms(monitor, Seasonal(0, 480)), 300, 480);
    }

    [Fact]
    public void Score_BeforeLearn_ChangesNothingAndIsWhatObserveReturns()
    {
        Matrix training = MadeUpPlant.Rows(Training, Signals);
        ProcessMonitor one = MadeUpPlant.Fit(training);
        ProcessMonitor other = MadeUpPlant.Fit(training);
        Matrix rows = MadeUpPlant.Rows(100, Signals, seed: 8);
        for (int row = 0; row < rows.Rows; row++)
        {
            double first = one.Score(rows.Row(row));
            one.Score(rows.Row((row + 50) % 100));
            Assert.Equal(first, one.Score(rows.Row(row)));
            Assert.Equal(first, other.Observe(rows.Row(row), out bool isAlarm));
            one.Learn(rows.Row(row));
            Assert.Equal(one.IsAlarm, isAlarm);
        }
    }

    [Fact]
    public void Fit_TheSameRows_GivesTheSameBytes()
    {
        Matrix rows = MadeUpPlant.Rows(Training, 40);

        Assert.Equal(MadeUpPlant.Fit(rows).Save(), MadeUpPlant.Fit(rows).Save());
    }

    [Fact]
    public void Fit_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => ProcessMonitor.Fit(MadeUpPlant.Rows(Training, Signals), cancellation: source.Token));
    }

    [Fact]
    public void Observe_Row_AllocatesNothing()
    {
        ProcessMonitor monitor = MadeUpPlant.Fit(MadeUpPlant.Rows(Training, Signals));
        Matrix rows = MadeUpPlant.Rows(200, Signals, seed: 9);
        var contributions = new double[Signals];
        for (int row = 0; row < 100; row++) monitor.Observe(rows.Row(row), out _);
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int row = 100; row < 200; row++)
            {
                monitor.Explain(rows.Row(row), contributions);
                monitor.Observe(rows.Row(row), out _);
            }

        }));
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 20)]
    [InlineData(128, 60)]
    [InlineData(4096, 24)]
    public void Observe_AnyNumberOfSignals_GivesFiniteScores(int signals, int training)
    {
        ProcessMonitor monitor = MadeUpPlant.Fit(MadeUpPlant.Rows(training, signals));
        Matrix rows = MadeUpPlant.Rows(30, signals, seed: 10);
        for (int row = 0; row < rows.Rows; row++) Assert.InRange(monitor.Observe(rows.Row(row), out _), 0, 8);
    }

    [Fact]
    public void Fit_ConstantOrRepeatedRows_GivesZeroForTheSameRow()
    {
        var rows = new Matrix(50, 3);
        rows.Span.Fill(7.25f);
        ProcessMonitor monitor = MadeUpPlant.Fit(rows);

        Assert.Equal(0, monitor.Score(rows.Row(0)), 1e-6);
        for (int row = 0; row < 20; row++) monitor.Learn([7.25f, float.MaxValue, float.MinValue]);
        Assert.InRange(monitor.Score([7.25f, float.MaxValue, float.MinValue]), monitor.Threshold, 8);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(19)]
    public void Fit_TooFewRows_NamesHowMany(int rows)
    {
        var error = Assert.Throws<DetectorInputException>(() => MadeUpPlant.Fit(new Matrix(rows, 3)));

        Assert.Contains($"{rows} rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_FewerThanTwoSeasons_NamesTheSeason()
    {
        var error = Assert.Throws<DetectorInputException>(() => MadeUpPlant.Fit(MadeUpPlant.Rows(47, 3), new ProcessMonitorOptions { Season = 24 }));

        Assert.Contains("season of 24", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_LongSeason_IsLearnedInParts()
    {
        Matrix training = MadeUpPlant.Rows(3000, 2);
        for (int row = 0; row < training.Rows; row++) training.Row(row)[1] += row % 1000 < 500 ? 0 : 40;
        ProcessMonitor monitor = MadeUpPlant.Fit(training, new ProcessMonitorOptions { Season = 1000 });
        Matrix rows = MadeUpPlant.Rows(200, 2, seed: 12);

        Assert.InRange(CountAlarms(monitor, rows), 0, 20);
        monitor.Restart(3600);
        Assert.InRange(CountAlarms(monitor, rows), 150, 200);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Fit_ValueNotFinite_NamesRowAndSignal(float value)
    {
        Matrix rows = MadeUpPlant.Rows(50, 3);
        rows.Row(12)[1] = value;

        var error = Assert.Throws<DetectorInputException>(() => MadeUpPlant.Fit(rows));

        Assert.Contains("row 12, signal 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_UnusableRow_IsNamedAndChangesNothing()
    {
        ProcessMonitor monitor = MadeUpPlant.Fit(MadeUpPlant.Rows(50, 3));
        byte[] before = monitor.Save();

        Assert.Contains("2 signals", Assert.Throws<DetectorInputException>(() => monitor.Score([1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("signal 2", Assert.Throws<DetectorInputException>(() => monitor.Learn([1, 2, float.NaN])).Message, StringComparison.Ordinal);
        Assert.Throws<DetectorInputException>(() => monitor.Explain([1, 2, 3], new double[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => monitor.Restart(-1));
        Assert.Equal(before, monitor.Save());
    }

    private static Matrix WithConstant(Matrix rows, int signal, float value)
    {
        for (int row = 0; row < rows.Rows; row++) rows.Row(row)[signal] = value;
        return rows;
    }

    private static int CountAlarms(ProcessMonitor monitor, Matrix rows)
    {
        int alarms = 0;
        for (int row = 0; row < rows.Rows; row++)
        {
            double score = monitor.Observe(rows.Row(row), out bool isAlarm);
            Assert.True(score is >= 0 and <= 8, $"score {score} of row {row}");
            if (isAlarm) alarms++;
        }

        return alarms;
    }
}
