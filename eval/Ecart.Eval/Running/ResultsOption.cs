using System.CommandLine;

namespace Ecart.Eval.Running;

/// <summary>Where an evaluation keeps its figures: <c>--results</c>.</summary>
internal sealed class ResultsOption : Option<string?>
{
    private readonly string evaluation;

    /// <param name="evaluation">Name of the file in <c>eval/results</c>, without its ending.</param>
    public ResultsOption(string evaluation)
        : base("--results")
    {
        this.evaluation = evaluation;
        Description = $"CSV file that takes the figures (default: eval/results/{evaluation}.csv in the repository)";
        HelpName = "FILE";
    }

    /// <summary>The file, as given or by default.</summary>
    public string PathOf(ParseResult parsed) =>
        Path.GetFullPath(parsed.GetValue(this) ?? Path.Combine(RepositoryFolder.Path, "eval", "results", evaluation + ".csv"));
}
