using System.CommandLine;
using System.Text.Json;
using Ecart.App.Commands;
using Ecart.Events;
using Ecart.MariaDb.Reading;

namespace Ecart.App.Rejected;

/// <summary>Arguments that choose among rejected records.</summary>
internal sealed class RejectedFilterOptions
{
    private readonly Option<string?> source = new("--source") { Description = "Part of the source's name." };

    private readonly Option<RejectReason?> reason = new("--reason")
    {
        Description = "Why they were rejected: " + string.Join(", ", Enum.GetNames<RejectReason>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)) + ".",
        CustomParser = result =>
        {
            if (Enum.TryParse(result.Tokens[0].Value.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out RejectReason parsed)) return parsed;
            result.AddError($"'{result.Tokens[0].Value}' is not a reason.");
            return null;
        },
    };

    private readonly Option<TimeSpan?> since = new("--since")
    {
        HelpName = "7d",
        Description = "Rejected within this time.",
        CustomParser = result => DurationText.Parse(result),
    };

    private readonly Option<bool> retried = new("--with-retried") { Description = "Also those that a retry made events of." };

    private readonly Option<int> most = new("--most") { Description = "Most records.", DefaultValueFactory = _ => 10_000 };

    /// <summary>Adds the arguments to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(source);
        command.Add(reason);
        command.Add(since);
        command.Add(retried);
        command.Add(most);
    }

    /// <summary>What was asked for.</summary>
    public RejectedFilter Read(ParseResult parsed) => new()
    {
        Source = parsed.GetValue(source),
        Reason = parsed.GetValue(reason),
        Since = parsed.GetValue(since) is { } duration ? TimeProvider.System.GetUtcNow().UtcDateTime - duration : null,
        WithRetried = parsed.GetValue(retried),
        Most = parsed.GetValue(most),
    };
}
