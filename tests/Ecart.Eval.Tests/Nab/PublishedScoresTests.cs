using System.Globalization;
using System.IO.Compression;
using Ecart.Eval.Nab;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Eval.Tests.Nab;

/// <summary>The scorer against published figures on public streams. Skipped where they are absent.</summary>
public sealed class PublishedScoresTests
{
    /// <summary>
    /// The published threshold is printed as 1.0 to twelve digits, and the published scores to six; this one, within the rounding of the former, gives every published
    /// figure on scores computed in full.
    /// </summary>
    private const double Threshold = 1 - 4.95e-13;

    [Fact]
    public void ScoreAt_WindowedGaussian_GivesPublishedFiguresOfEveryStream()
    {
        string set = TestData.RequireSet(NabCorpus.SetName);
        IReadOnlyList<NabStream> streams = NabCorpus.Load(set, Assert.Fail);
        double[][] scores = [.. streams.Select(stream => WindowedGaussian.Score([.. stream.Points.Select(point => point.Value)]))];
        AssertPublishedScores(Path.Combine(set, "scorer_check", "windowed_gaussian_scores.csv.gz"), streams, scores);
        double[] totals = [-16.0186, -56.6135, -35.0186];
        IReadOnlyList<NabProfile> profiles = NabCorpus.Profiles(set);
        for (int p = 0; p < totals.Length; p++)
        {
            var published = File.ReadLines(Path.Combine(set, "scorer_check", $"windowed_gaussian_{profiles[p].Name}.csv")).Skip(1)
                .Select(line => line.Split(',')).ToDictionary(cells => cells[2], cells => double.Parse(cells[4], CultureInfo.InvariantCulture));
            double total = 0;
            for (int i = 0; i < streams.Count; i++)
            {
                double score = NabScorer.ScoreAt(streams[i], scores[i], Threshold, profiles[p]);
                Assert.Equal(published[streams[i].Name], score, 9);
                total += score;
            }

            Assert.Equal(totals[p], total, 4);
        }
    }

    private static void AssertPublishedScores(string path, IReadOnlyList<NabStream> streams, double[][] scores)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        var next = streams.Select((stream, i) => (stream.Name, i)).ToDictionary(pair => pair.Name, pair => (Stream: pair.i, Point: 0));
        for (string? line = reader.ReadLine(); line is not null; line = reader.ReadLine())
        {
            string[] cells = line.Split(',');
            (int stream, int point) = next[cells[0]];
            next[cells[0]] = (stream, point + 1);
            Assert.Equal(double.Parse(cells[2], CultureInfo.InvariantCulture), scores[stream][point], 1.5e-6);
        }

        Assert.All(next.Values, last => Assert.Equal(scores[last.Stream].Length, last.Point));
    }
}
