using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.Scoring;

namespace Ecart.MariaDb.Writing;

/// <summary>The names under which enumerations are stored.</summary>
internal static class StoredNames
{
    private static readonly string[] Channels = Lower<TransactionChannel>();
    private static readonly string[] Severities = Lower<Severity>();
    private static readonly string[] Reasons = [.. Enum.GetNames<RejectReason>().Select(Snake)];

    public static string Of(TransactionChannel channel) => Channels[(int)channel];

    public static string Of(Severity severity) => Severities[(int)severity];

    public static string Of(RejectReason reason) => Reasons[(int)reason];

    public static RejectReason ReasonOf(string name) => (RejectReason)Array.IndexOf(Reasons, name);

    private static string[] Lower<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetNames<TEnum>().Select(name => name.ToLowerInvariant())];

    private static string Snake(string name) =>
        string.Concat(name.Select((letter, i) => char.IsUpper(letter) && i > 0 ? "_" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
}
