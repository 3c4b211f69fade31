using System.Diagnostics;
using Ecart.Numerics;
using Ecart.Vectors;

namespace Ecart.Bench.Detectors;

/// <summary>What all groups of figures share: how often, how many threads, and how time is taken.</summary>
/// <param name="Rounds">Rounds of which the median counts.</param>
/// <param name="Threads">Threads that ours and a peer may use in bulk work.</param>
/// <param name="Peers">Peers to compare with.</param>
/// <param name="Progress">Where to tell what is being done.</param>
/// <param name="Cancellation">Ends it early.</param>
internal sealed record MeasuringSession(int Rounds, int Threads, ScikitLearn Peers, IProgress<string> Progress, CancellationToken Cancellation)
{
    /// <summary>The usual sizes of the comparison: rows; each with 32 columns.</summary>
    public static IReadOnlyList<int> PeerRows { get; } = [20_000, 100_000];

    /// <summary>Columns of the comparison with peers.</summary>
    public const int PeerColumns = 32;

    /// <summary>Seconds of rounds that do not count: code that is called often is compiled anew within a tenth of that.</summary>
    private const double WarmSeconds = 1;

    /// <summary>
    /// Rounds of several things in turns, after rounds that do not count: one, and more until the runtime has had the time to compile anew what is called often.
    /// </summary>
    /// <returns>The median seconds of each.</returns>
    public double[] MedianSeconds(params Action[] things)
    {
        var seconds = new double[things.Length][];
        for (int i = 0; i < things.Length; i++) seconds[i] = new double[Rounds];
        for (double warm = 0; warm < WarmSeconds;)
        {
            foreach (Action thing in things) warm += MeasuredSeconds(thing);
        }

        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < things.Length; i++) seconds[i][round] = MeasuredSeconds(things[i]);
        }

        return [.. seconds.Select(Median.Of)];
    }

    private double MeasuredSeconds(Action thing)
    {
        Cancellation.ThrowIfCancellationRequested();
        return Seconds(thing);
    }

    /// <summary>Seconds of one call.</summary>
    public static double Seconds(Action thing)
    {
        long started = Stopwatch.GetTimestamp();
        thing();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Rows around 20 centres whose coordinates are related, as real data are; the centres are the same for every seed.</summary>
    public static Matrix MakeRows(int rows, int columns, ulong seed)
    {
        const int Centres = 20;
        var place = new SeededRandom(0);
        var random = new SeededRandom(seed);
        float[] centres = [.. Enumerable.Range(0, Centres * columns).Select(_ => (float)place.NextNormal() * 3)];
        var matrix = new Matrix(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            int centre = random.Next(Centres);
            double common = random.NextNormal();
            Span<float> values = matrix.Row(row);
            for (int column = 0; column < columns; column++)
                values[column] = centres[(centre * columns) + column] + (float)(common + random.NextNormal());
        }

        return matrix;
    }
}
