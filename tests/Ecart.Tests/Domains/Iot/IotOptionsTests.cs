using Ecart.Domains.Iot;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Iot;

public sealed class IotOptionsTests
{
    [Fact]
    public void Deserialize_OfSerialized_IsTheSame()
    {
        string json = IotOptionsJson.Serialize(IotOptions.Default);

        Assert.Equal(json, IotOptionsJson.Serialize(IotOptionsJson.Deserialize(json)));
        Assert.Equal(json, IotOptionsJson.Serialize(IotOptionsJson.Deserialize("{}")));
    }

    [Theory]
    [InlineData("""{"baseline":{"days":0}}""", "baseline.days")]
    [InlineData("""{"baseline":{"critical_sigmas":2}}""", "baseline.critical_sigmas")]
    [InlineData("""{"stream_detectors":[{"kind":"lof"}]}""", "stream_detectors[0].kind")]
    [InlineData("""{"stream_detectors":[{"kind":"time_series"},{"kind":"time_series"}]}""", "stream_detectors[1].kind")]
    [InlineData("""{"stream_detectors":[{"kind":"time_series","time_series":{"part_of_day":1}}]}""", "part_of_day")]
    [InlineData("""{"maximum_signals":0}""", "maximum_signals")]
    [InlineData("""{"gap":{"intervals":1}}""", "gap.intervals")]
    [InlineData("""{"windows":{"long_measurements":3}}""", "windows.long_measurements")]
    [InlineData("""{"rules":[{"name":"a","expression":"temperatur > 3"}]}""", "temperatur")]
    [InlineData("nonsense", "iot")]
    public void Deserialize_SettingThatCannotBe_IsNamed(string json, string named) =>
        Assert.Contains(named, Assert.Throws<OptionsException>(() => IotOptionsJson.Deserialize(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void StreamDetectors_NotNamed_SayNothing()
    {
        var options = IotOptionsJson.Deserialize("""{"stream_detectors":[]}""");
        IotRun run = new IotRun(options, IotRun.Calibrate(IotCase.Rows(300, 1), options)).Feed(IotCase.Rows(300, 2, 300));

        Verdict verdict = run.Feed(IotCase.At(600, 1e6));

        Assert.True(double.IsNaN(verdict.Statistics[IotStatistic.TimeSeries]));
        Assert.True(double.IsNaN(verdict.Statistics[IotStatistic.Joint]));
        Assert.Equal([EvidenceCode.ProfileDistance], IotRun.Codes(verdict));
    }

    [Fact]
    public void Layout_Names_AreOnePerPosition()
    {
        Assert.Equal(IotLayout.Dimension, IotLayout.FeatureNames.Count);
        Assert.Equal(IotLayout.Dimension, IotLayout.FeatureNames.Distinct().Count());
        Assert.Equal("unchanged", IotLayout.FeatureNames[IotLayout.Unchanged]);
        Assert.Equal("type#power", IotLayout.FeatureNames[IotLayout.Type + (int)MeasurementType.Power]);
        Assert.Equal("unused#0", IotLayout.FeatureNames[IotLayout.End]);
    }
}
