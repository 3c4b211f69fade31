using System.CommandLine;
using Ecart.Detection.Sequences;
using Ecart.Domains.UserBehavior;
using Ecart.Eval.Running;

namespace Ecart.Eval.Schonlau;

/// <summary>
/// Commands of users among which those of others were inserted. M. Schonlau, W. DuMouchel, W.-H. Ju, A. Karr, M. Theus, Y. Vardi, Computer intrusion: detecting
/// masquerades, Statistical Science 16(1), 2001.
/// </summary>
internal sealed class SchonlauEvaluation : IEvaluation
{
    public const string Name = "schonlau";

    private readonly Option<string?> data = new("--data")
    {
        Description = "Folder of the data sets, or the set's own; every *.csv[.gz] in it is read (default: ECART_DATA, else ../shared/data beside the repository)",
        HelpName = "DIR",
    };

    private readonly Option<string?> scoresOut = new("--scores-out")
    {
        Description = "Folder to write every test block's score to",
        HelpName = "DIR",
    };

    private readonly Option<string?> results = new("--results")
    {
        Description = $"CSV file that takes the figures (default: eval/results/{Name}.csv in the repository)",
        HelpName = "FILE",
    };

    /// <inheritdoc/>
    public Command MakeCommand(EvaluationConsole console)
    {
        var command = new Command(Name, "Commands of users: somebody else's among them found") { data, scoresOut, results };
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private int Run(ParseResult parsed, EvaluationConsole console)
    {
        string folder = DataFolder.Find(parsed.GetValue(data), SchonlauFiles.SetName, SchonlauFiles.IsSet);
        IReadOnlyList<SchonlauUser> users = SchonlauFiles.Read(folder);
        SequenceOptions options = new UserBehaviorOptions().Sequence;
        (string Name, SequenceOptions Options, bool LearnsItself)[] plans =
        [
            ("sequence", options, true),
            ("sequence without pairs", options with { PairShare = 0 }, true),
            ("sequence without carry-over", options with { CarryOver = 0 }, true),
            ("sequence without self-update", options with { RecoverAfterBlocks = 0 }, false),
        ];
        List<(string Name, SchonlauFigures Figures)> runs = console.WithProgress($"{users.Count} users", progress =>
        {
            var done = new List<(string, SchonlauFigures)>();
            foreach ((string name, SequenceOptions plan, bool learnsItself) in plans)
            {
                done.Add((name, SchonlauRun.Score(users, plan, learnsItself)));
                progress((double)done.Count / plans.Length);
            }

            return done;
        });
        SchonlauFigures figures = runs[0].Figures;
        if (parsed.GetValue(scoresOut) is { } scoresFolder) SchonlauReport.WriteScores(scoresFolder, figures);
        SchonlauReport.Keep(Path.GetFullPath(parsed.GetValue(results) ?? Path.Combine(RepositoryFolder.Path, "eval", "results", Name + ".csv")), runs);
        SchonlauReport.Write(console, runs);
        console.JsonLine(SchonlauResult.Of(figures));
        return 0;
    }
}
