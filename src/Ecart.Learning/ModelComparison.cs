using Ecart.Numerics;
using Ecart.Scoring;

namespace Ecart.Learning;

/// <summary>
/// Compares a challenger with what ranks now on the same events. How far chance alone may have made the difference is told by drawing the events anew: the
/// 5 % and 95 % quantiles of the difference of average precision.
/// </summary>
/// <remarks>B. Efron, Bootstrap methods: another look at the jackknife, Annals of Statistics 7(1), 1979; with Poisson weights, so that each draw is one pass.</remarks>
public sealed class ModelComparison
{
    private const int Draws = 200;
    private const double Tail = 0.05;
    private readonly int[] champion;
    private readonly int[] challenger;
    private readonly JudgedEvent[] events;

    private ModelComparison(JudgedEvent[] events, double budget)
    {
        this.events = events;
        Frauds = events.Count(judged => judged.IsFraud);
        champion = Order(judged => judged.Champion);
        challenger = Order(judged => judged.Challenger);
        var once = new int[events.Length];
        Array.Fill(once, 1);
        Champion = Measure(champion, judged => judged.Champion, once, budget);
        Challenger = Measure(challenger, judged => judged.Challenger, once, budget);
        (LeastGain, MostGain) = Draw(budget);
    }

    /// <summary>Events compared on.</summary>
    public int Events => events.Length;

    /// <summary>Frauds among them.</summary>
    public int Frauds { get; }

    /// <summary>What ranks now.</summary>
    public RankFigures Champion { get; }

    /// <summary>The challenger.</summary>
    public RankFigures Challenger { get; }

    /// <summary>Average precision that the challenger gains with 95 % certainty, at least; below 0 it may lose.</summary>
    public double LeastGain { get; }

    /// <summary>Average precision that it gains at most, by the same measure.</summary>
    public double MostGain { get; }

    /// <summary>Compares.</summary>
    /// <param name="events">The events with their truth: at least one fraud and one that is none.</param>
    /// <param name="budget">Share of the events that people have time to look at. 0 to 1, default 0.01.</param>
    /// <exception cref="TooFewVerdictsException">There is no fraud, or nothing else.</exception>
    public static ModelComparison Of(IEnumerable<JudgedEvent> events, double budget = 0.01)
    {
        OptionsException.RequireRange(budget, 1e-9, 1, "budget");
        JudgedEvent[] judged = [.. events];
        int frauds = judged.Count(one => one.IsFraud);
        return frauds > 0 && frauds < judged.Length
            ? new ModelComparison(judged, budget)
            : throw new TooFewVerdictsException(
                $"There are {judged.Length} events that both scored and whose truth is known, {frauds} of them fraud: wait until labels have come, or confirm alerts.");
    }

    private int[] Order(Func<JudgedEvent, double> score) => [.. Enumerable.Range(0, events.Length).OrderByDescending(i => score(events[i]))];

    /// <summary>One pass from the highest score down; equal scores count as one.</summary>
    private RankFigures Measure(int[] order, Func<JudgedEvent, double> score, int[] weights, double budget)
    {
        (double frauds, double all) = (0, 0);
        for (int i = 0; i < weights.Length; i++)
        {
            all += weights[i];
            frauds += events[i].IsFraud ? weights[i] : 0;
        }

        (double hits, double misses, double area, double precision, double within) = (0, 0, 0, 0, 0);
        for (int first = 0; first < order.Length;)
        {
            (double tiedHits, double tiedMisses) = (0, 0);
            double tied = score(events[order[first]]);
            for (; first < order.Length && score(events[order[first]]) == tied; first++)
            {
                if (events[order[first]].IsFraud) tiedHits += weights[order[first]];
                else tiedMisses += weights[order[first]];
            }

            double room = Math.Clamp((budget * all) - hits - misses, 0, tiedHits + tiedMisses);
            if (room > 0) within += tiedHits * room / (tiedHits + tiedMisses);
            area += tiedMisses * (hits + (tiedHits / 2));
            hits += tiedHits;
            misses += tiedMisses;
            if (tiedHits > 0) precision += tiedHits * hits / (hits + misses);
        }

        return new RankFigures(area / (frauds * (all - frauds)), precision / frauds, within / frauds);
    }

    private (double Least, double Most) Draw(double budget)
    {
        var random = new SeededRandom(1);
        var gains = new double[Draws];
        var weights = new int[events.Length];
        for (int draw = 0; draw < Draws; draw++)
        {
            for (int i = 0; i < weights.Length; i++) weights[i] = NextPoisson(random);
            double gain = Measure(challenger, judged => judged.Challenger, weights, budget).AveragePrecision
                - Measure(champion, judged => judged.Champion, weights, budget).AveragePrecision;
            gains[draw] = double.IsNaN(gain) ? 0 : gain;
        }

        Array.Sort(gains);
        return (gains[(int)(Tail * Draws)], gains[Draws - 1 - (int)(Tail * Draws)]);
    }

    /// <summary>Poisson of mean 1, by inversion.</summary>
    private static int NextPoisson(SeededRandom random)
    {
        double left = random.NextDouble();
        double probability = Math.Exp(-1);
        int count = 0;
        while (left > probability && count < 20)
        {
            left -= probability;
            probability /= ++count;
        }

        return count;
    }
}
