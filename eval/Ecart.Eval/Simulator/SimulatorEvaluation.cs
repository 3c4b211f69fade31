using System.CommandLine;
using System.Globalization;
using Ecart.Eval.Running;

namespace Ecart.Eval.Simulator;

/// <summary>
/// What public data has too little of: genuine shifts, slow poisoning, repeated attacks, cold starts and seasons, simulated with the truth, every detector at
/// a threshold of the same stated false-alarm rate.
/// </summary>
internal sealed class SimulatorEvaluation : IEvaluation
{
    /// <summary>Name of the command and of the results.</summary>
    public const string Name = "simulator";

    private const int DefaultEntities = 10;

    private readonly Option<int> entities = new("--entities")
    {
        Description = "Entities a scenario, each with a seed of its own",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultEntities,
    };

    private readonly Option<string?> scoresOut = FolderOption.ScoresOut("the scores of every stream (a file each)");

    private readonly ResultsOption results = new(Name);

    /// <inheritdoc/>
    public Command MakeCommand(EvaluationConsole console)
    {
        var command = new Command(Name, "Simulated entities: recovery after a shift, slow poisoning, repeated attacks, cold start, seasons") { entities, scoresOut, results };
        entities.Validators.Add(option =>
        {
            if (option.Tokens is [{ } token] && (!int.TryParse(token.Value, CultureInfo.InvariantCulture, out int count) || count is < 1 or > 1000))
                option.AddError($"--entities is {token.Value}; give 1 to 1000.");
        });
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private int Run(ParseResult parsed, EvaluationConsole console)
    {
        int count = parsed.GetValue(entities);
        string? folder = parsed.GetValue(scoresOut);
        if (folder is not null) Directory.CreateDirectory(folder);
        var run = new SimulatorRun(count)
        {
            Scored = folder is null ? null : (scenario, detector, seed, stream, scores) => WriteScores(
                Path.Combine(folder, $"{scenario.Name}_{detector}_{seed}.csv"), stream, scores),
        };
        IReadOnlyList<ScenarioFigures> figures = console.WithProgress(Name, run.Measure);
        SimulatorReport.Keep(results.PathOf(parsed), count, figures);
        SimulatorReport.Write(console, figures);
        console.JsonLine(SimulatorReport.Keys(figures));
        return 0;
    }

    private static void WriteScores(string path, SimulatedStream stream, IReadOnlyList<double> scores)
    {
        using var writer = new StreamWriter(path);
        writer.Write("time,is_attack,score\n");
        for (int time = 0; time < scores.Count; time++)
        {
            bool isAttack = stream.Attacks.Any(attack => time >= attack.First && time < attack.End);
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{time},{(isAttack ? 1 : 0)},{scores[time]:R}\n"));
        }
    }
}
