using Ecart.Numerics;

namespace Ecart.Eval.Simulator;

/// <summary>Drives every detector over every scenario, each vector scored before it is learned.</summary>
/// <param name="seeds">Entities a scenario.</param>
internal sealed class SimulatorRun(int seeds)
{
    /// <summary>Probability of a false alarm a vector that every detector's threshold is set for.</summary>
    public const double FalseAlarmRate = 0.005;

    /// <summary>Quiet entities that set a threshold; others than those that are judged.</summary>
    private const int QuietEntities = 10;

    private const ulong FirstQuietSeed = 1_000_000;

    /// <summary>Called with the scores of each stream.</summary>
    public Action<StreamScenario, string, int, SimulatedStream, IReadOnlyList<double>>? Scored { get; init; }

    /// <summary>Measures everything.</summary>
    /// <param name="progress">Receives how far it is, 0 to 1.</param>
    public IReadOnlyList<ScenarioFigures> Measure(Action<double> progress)
    {
        var figures = new List<ScenarioFigures>();
        int done = 0;
        foreach ((string name, Func<IStreamCandidate> make) in StreamCandidates.All)
        {
            Dictionary<bool, double> thresholds = new() { [false] = Threshold(make, false), [true] = Threshold(make, true) };
            foreach (StreamScenario scenario in StreamScenario.All)
            {
                var outcomes = new List<ScenarioOutcome>();
                for (int seed = 1; seed <= seeds; seed++)
                {
                    SimulatedStream stream = scenario.Make(new SeededRandom((ulong)seed));
                    double[] scores = Drive(make(), stream);
                    Scored?.Invoke(scenario, name, seed, stream, scores);
                    outcomes.Add(ScenarioOutcome.Of(stream, scores, thresholds[scenario.IsSeasonal]));
                }

                figures.Add(ScenarioFigures.Of(scenario.Name, name, outcomes));
                progress(++done / (double)(StreamCandidates.All.Count * StreamScenario.All.Count));
            }
        }

        return [.. figures.OrderBy(figure => StreamScenario.All.Select(scenario => scenario.Name).ToList().IndexOf(figure.Scenario))];
    }

    private static double Threshold(Func<IStreamCandidate> make, bool isSeasonal)
    {
        var scores = new List<double>();
        for (int i = 0; i < QuietEntities; i++)
        {
            SimulatedStream stream = StreamScenario.Quiet(new SeededRandom(FirstQuietSeed + (ulong)i), isSeasonal);
            scores.AddRange(Drive(make(), stream).Skip(stream.JudgedFrom));
        }

        return PooledThreshold.Of([.. scores], FalseAlarmRate);
    }

    private static double[] Drive(IStreamCandidate candidate, SimulatedStream stream)
    {
        var scores = new double[stream.Vectors.Count];
        for (int time = 0; time < scores.Length; time++)
        {
            scores[time] = candidate.Score(stream.Vectors[time], time);
            candidate.Learn(stream.Vectors[time], time);
        }

        return scores;
    }
}
