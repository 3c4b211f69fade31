using Ecart.MariaDb.Exceptions;

namespace Ecart.App.Exceptions;

/// <summary>What an exception would have silenced.</summary>
/// <param name="Days">Days that were looked at.</param>
/// <param name="Examined">Alerts that its rule was asked of, or that entity and pattern decided.</param>
/// <param name="IsComplete">Whether these are all: a rule over very many alerts is asked of the newest.</param>
/// <param name="Matches">The alerts, the newest first.</param>
public sealed record ExceptionPreview(int Days, int Examined, bool IsComplete, IReadOnlyList<AlertCandidate> Matches)
{
    /// <summary>Those that people confirmed.</summary>
    public int Frauds => Matches.Count(match => match.IsFraud);

    /// <summary>Those that people found to be false.</summary>
    public int FalsePositives => Matches.Count(match => match.Status == "false_positive");

    /// <summary>Entities whose alerts they are.</summary>
    public int Entities => Matches.Select(match => (match.EntityType, match.EntityId)).Distinct().Count();

    /// <summary>The first to show: confirmed frauds before the others.</summary>
    public IEnumerable<AlertCandidate> Shown(int most) => Matches.OrderByDescending(match => match.IsFraud).Take(most);
}
