using System.Globalization;
using System.Text.Json;
using Ecart.App.Serve.Http;
using Ecart.MariaDb.Alerts;
using Ecart.Scoring;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Ecart.App.Serve.Api.Alerts;

/// <summary>Reads what a list of alerts is asked for from an address. Stateless.</summary>
internal static class AlertListReader
{
    /// <summary>Value of <c>status</c> for those that are not closed.</summary>
    public const string Open = "open";

    /// <summary>Value of <c>status</c> and <c>severity</c> for any.</summary>
    public const string All = "all";

    /// <summary>Value of <c>assigned_to</c> for whoever asks.</summary>
    public const string Me = "me";

    /// <summary>Value of <c>assigned_to</c> for nobody.</summary>
    public const string Nobody = "none";

    private const int LongestText = 200;
    private const int LongestName = 128;
    private static readonly string[] Names = ["status", "severity", "domain", "entity_type", "entity_id", "from", "until", "text", "assigned_to", "sort", "limit", "cursor"];

    /// <summary>Reads an address.</summary>
    /// <param name="query">Its query.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="isStrict">Whether a name that is not known is refused.</param>
    public static (AlertListRequest? Request, ProblemAnswer? Problem) Read(IQueryCollection query, string actor, bool isStrict)
    {
        foreach (KeyValuePair<string, StringValues> given in query)
        {
            if (!isStrict) break;
            if (!Names.Contains(given.Key, StringComparer.Ordinal))
                return (null, ProblemAnswer.Invalid(Cut(given.Key), null, $"'{Cut(given.Key)}' is not known here: {string.Join(", ", Names)} are."));
        }

        var reader = new Reader(query);
        var filter = new AlertFilter
        {
            Statuses = reader.Statuses(),
            Severities = reader.Severities(),
            Domain = reader.Text("domain", LongestName),
            EntityType = reader.Text("entity_type", LongestName),
            EntityId = reader.Text("entity_id", LongestName),
            From = reader.Time("from"),
            Until = reader.Time("until"),
            Text = reader.Text("text", LongestText),
            AssignedTo = reader.Text("assigned_to", LongestName) switch { Me => actor, Nobody => "", var other => other },
        };
        AlertSort sort = reader.Choice("sort", AlertSort.Newest);
        int limit = reader.Limit();
        AlertPosition? after = reader.Cursor(sort);
        return reader.Problem is { } problem ? (null, problem) : (new AlertListRequest(filter, sort, limit, after), null);
    }

    private static string Cut(string text) => text.Length <= LongestName ? text : text[..LongestName];

    /// <summary>Reads one value after the other and keeps the first problem.</summary>
    private sealed class Reader(IQueryCollection query)
    {
        public ProblemAnswer? Problem { get; private set; }

        public string? Text(string name, int longest)
        {
            string text = query[name].ToString().Trim();
            if (text.Length > longest) Refuse(name, text, $"{name} is longer than {longest} characters: shorten it.");
            else if (text.Any(char.IsControl)) Refuse(name, text, $"{name} has a character that cannot be written: leave it out.");
            return text.Length == 0 ? null : text;
        }

        public List<AlertStatus> Statuses()
        {
            var statuses = new List<AlertStatus>();
            foreach (string word in Words("status"))
            {
                if (word == Open) statuses.AddRange([AlertStatus.New, AlertStatus.Investigating]);
                else if (word == All) return [];
                else statuses.Add(One("status", word, AlertStatus.New, $"{Open}, {All}"));
            }

            return statuses;
        }

        public List<Severity> Severities()
        {
            string[] words = [.. Words("severity")];
            if (words.Contains(All)) return [];
            var severities = new List<Severity>();
            foreach (string word in words)
            {
                Severity severity = One("severity", word, Severity.Low, All);
                if (severity == Severity.None) Refuse("severity", word, "An alert has a severity: low, medium, high, critical.");
                severities.Add(severity);
            }

            return severities;
        }

        public TChoice Choice<TChoice>(string name, TChoice usual)
            where TChoice : struct, Enum => Text(name, LongestName) is { } word ? One(name, word, usual) : usual;

        public DateTime? Time(string name)
        {
            if (Text(name, LongestName) is not { } text) return null;
            if (DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time) && time.Year is >= 1970 and < 9999)
                return time;
            Refuse(name, text, $"{name} is not a time: write 2026-03-01 or 2026-03-01T10:00:00Z.");
            return null;
        }

        public int Limit()
        {
            if (Text("limit", LongestName) is not { } text) return PageQuery.DefaultLimit;
            if (PageQuery.TryReadLimit(text, out int limit)) return limit;
            Refuse("limit", text, $"limit is not a whole number from 1 to {PageQuery.MostLimit}.");
            return PageQuery.DefaultLimit;
        }

        public AlertPosition? Cursor(AlertSort sort)
        {
            string text = query["cursor"].ToString();
            if (text.Length == 0) return null;
            if (PageCursor.TryRead(text, out AlertPosition? position) && position!.Sort == sort && double.IsFinite(position.Score) && Enum.IsDefined(position.Severity))
                return position with { OccurredAt = Utc(position.OccurredAt), UpdatedAt = Utc(position.UpdatedAt) };
            Refuse("cursor", text, "cursor is not the 'next' of a list in this order: hand back what the page before gave, or leave it out.");
            return null;
        }

        private static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);

        private IEnumerable<string> Words(string name) =>
            query[name].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Take(PageQuery.MostLimit);

        private TChoice One<TChoice>(string name, string word, TChoice usual, string? more = null)
            where TChoice : struct, Enum
        {
            string[] names = [.. Enum.GetNames<TChoice>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
            int place = Array.IndexOf(names, word);
            if (place >= 0) return Enum.GetValues<TChoice>()[place];
            Refuse(name, word, $"{name} is not one of {string.Join(", ", names)}{(more is null ? "" : ", " + more)}.");
            return usual;
        }

        private void Refuse(string name, string value, string detail) => Problem ??= ProblemAnswer.Invalid(name, value, detail);
    }
}
