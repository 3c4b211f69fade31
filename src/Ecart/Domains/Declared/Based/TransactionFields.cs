using Ecart.Domains.Transactions;
using Ecart.Events.Decoding;

namespace Ecart.Domains.Declared.Based;

/// <summary>
/// The fields of the base transactions, under the names that a declaration gives them; those that it does not name keep their own. Immutable.
/// </summary>
internal static class TransactionFields
{
    /// <summary>The amount in the domain's currency: no column of a record, but what rates made of it.</summary>
    private const string ScoredAmount = "scored_amount";

    /// <summary>What an event keeps, in the order of its values; all texts but the numbers.</summary>
    private static readonly (string Role, DeclaredFieldType Type)[] Kept =
    [
        ("account", DeclaredFieldType.Text), ("merchant", DeclaredFieldType.Text), ("amount", DeclaredFieldType.Number), ("currency", DeclaredFieldType.Text),
        ("category", DeclaredFieldType.Text), ("channel", DeclaredFieldType.Text), ("country", DeclaredFieldType.Text), ("city", DeclaredFieldType.Text),
        ("latitude", DeclaredFieldType.Number), ("longitude", DeclaredFieldType.Number), ("device", DeclaredFieldType.Text), ("ip", DeclaredFieldType.Text),
        ("user_agent", DeclaredFieldType.Text), (ScoredAmount, DeclaredFieldType.Number),
    ];

    private static readonly string[] Channels = [.. Enum.GetNames<TransactionChannel>().Select(name => name.ToLowerInvariant())];

    /// <summary>Fields that a declaration can name.</summary>
    public static IReadOnlyList<string> Roles { get; } = [.. Kept.Where(field => field.Role != ScoredAmount).Select(field => field.Role)];

    /// <summary>Type of a field.</summary>
    public static DeclaredFieldType TypeOf(string role) => Kept.First(field => field.Role == role).Type;

    /// <summary>The role of a declared field.</summary>
    public static string RoleOf(DeclaredFieldOptions field) => field.Role.Length > 0 ? field.Role : field.Name;

    /// <summary>The schema of the events.</summary>
    public static DeclaredSchema SchemaOf(DomainDeclaration declaration) => new(
        declaration.Name, NameOf(declaration, "account"), [.. Kept.Select(field => (NameOf(declaration, field.Role), field.Type))]);

    /// <summary>The fields of records: those of the base, at the base's indexes.</summary>
    public static FieldSchema RecordsOf(DomainDeclaration declaration) => new(
        declaration.Name,
        [
            .. TransactionField.Schema.Fields.Select(own =>
                declaration.Fields.FirstOrDefault(field => RoleOf(field) == own.Name) is { } field ? new FieldDefinition(field.Name, own.IsRequired, field.Synonyms) : own),
        ]);

    /// <summary>The event with its values under the declared names.</summary>
    public static DeclaredEvent Declare(TransactionEvent transaction, DeclaredSchema schema) => new()
    {
        EventUid = transaction.EventUid,
        OccurredAt = transaction.OccurredAt,
        Schema = schema,
        Texts =
        [
            transaction.AccountId, transaction.MerchantId, null, transaction.Currency, transaction.MerchantCategory, Channels[(int)transaction.Channel],
            transaction.Country, transaction.City, null, null, transaction.DeviceId, transaction.IpAddress, transaction.UserAgentHash, null,
        ],
        Numbers =
        [
            double.NaN, double.NaN, (double)transaction.Amount, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, transaction.Latitude,
            transaction.Longitude, double.NaN, double.NaN, double.NaN, transaction.ScoredAmount,
        ],
        UtcOffsetMinutes = transaction.UtcOffsetMinutes,
        Based = transaction,
    };

    /// <summary>The event as the base reads it.</summary>
    /// <param name="declared">Of <see cref="SchemaOf"/>.</param>
    public static TransactionEvent Transact(DeclaredEvent declared)
    {
        (string?[] texts, double[] numbers) = (declared.Texts, declared.Numbers);
        var amount = Math.Round((decimal)numbers[2], 2);
        return new TransactionEvent
        {
            EventUid = declared.EventUid,
            OccurredAt = declared.OccurredAt,
            AccountId = texts[0]!,
            MerchantId = texts[1],
            Amount = amount,
            ScoredAmount = double.IsNaN(numbers[13]) ? (double)amount : numbers[13],
            Currency = texts[3] ?? TransactionOptions.Default.Currency,
            MerchantCategory = texts[4],
            Channel = Array.IndexOf(Channels, texts[5]) is >= 0 and var channel ? (TransactionChannel)channel : TransactionChannel.Pos,
            Country = texts[6],
            City = texts[7],
            Latitude = numbers[8],
            Longitude = numbers[9],
            DeviceId = texts[10],
            IpAddress = texts[11],
            UserAgentHash = texts[12],
            UtcOffsetMinutes = declared.UtcOffsetMinutes,
        };
    }

    private static string NameOf(DomainDeclaration declaration, string role) =>
        declaration.Fields.FirstOrDefault(field => RoleOf(field) == role)?.Name ?? role;
}
