using System.Security.Cryptography;
using Ecart.Detection.Batch;
using Ecart.Detection.Streaming.TimeSeries;
using Xunit;

namespace Ecart.Tests.Detection.Streaming.TimeSeries;

public sealed class TimeSeriesArtefactTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(57)]
    [InlineData(150)]
    [InlineData(9000)]
    public void Restore_SavedDetector_GoesOnExactly(int learned)
    {
        var series = new MadeSeries(new TimeSeriesDetector(new TimeSeriesOptions { ShapeHistory = 300, ValueHistory = 700, ReferencePoints = 300 }));
        series.Feed(learned, () => Value(series));
        byte[] saved = series.Detector.Save();
        TimeSeriesDetector restored = TimeSeriesDetector.Restore(saved);

        Assert.Equal(saved, restored.Save());
        Assert.Equal(series.Detector.Learned, restored.Learned);
        series.Feed(1500, () =>
        {
            double value = Value(series);
            Assert.Equal(series.Detector.Score(series.Time, value), restored.Score(series.Time, value));
            restored.Learn(series.Time, value);
            return value;
        });
        Assert.Equal(series.Detector.Save(), restored.Save());
    }

    [Fact]
    public void Restore_DamagedOrForeignBytes_SaysSo()
    {
        var series = new MadeSeries();
        series.Feed(200, () => series.Noise);
        byte[] saved = series.Detector.Save();
        foreach (int place in new[] { 8, saved.Length / 2, saved.Length - 1 })
        {
            byte[] damaged = [.. saved];
            damaged[place] ^= 1;
            Assert.Contains("damaged", Assert.Throws<ArtefactException>(() => TimeSeriesDetector.Restore(damaged)).Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArtefactException>(() => TimeSeriesDetector.Restore([]));
        Assert.Throws<ArtefactException>(() => TimeSeriesDetector.Restore(saved.AsSpan(0, saved.Length / 2)));
        byte[] foreign = [.. saved];
        foreign[0]++;
        Assert.Contains("no time-series detector", Assert.Throws<ArtefactException>(() => TimeSeriesDetector.Restore(foreign)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_NewerFormat_NamesVersions()
    {
        byte[] saved = new TimeSeriesDetector().Save();
        saved[4] = TimeSeriesDetector.Version + 1;

        var error = Assert.Throws<ArtefactException>(() => TimeSeriesDetector.Restore(saved));

        Assert.Contains($"format {TimeSeriesDetector.Version + 1}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_OptionOutOfRangeWithRightChecksum_IsDamaged()
    {
        byte[] content = new TimeSeriesDetector().Save()[..^SHA256.HashSizeInBytes];
        content[8] = 1;
        content[9] = 0;

        Assert.Contains(
            "minimum_points", Assert.Throws<ArtefactException>(() => TimeSeriesDetector.Restore([.. content, .. SHA256.HashData(content)])).Message, StringComparison.Ordinal);
    }

    private static double Value(MadeSeries series) => (series.Next % 400 == 399 ? 30 : 10) + (series.Next > 5000 ? 15 : 0) + series.Day + series.Noise;
}
