using System.Text.Json;
using System.Text.Json.Nodes;
using Ecart.Domains.Iot.Outlook;
using Ecart.Domains.Network;
using Ecart.Domains.Transactions;
using Ecart.Domains.UserBehavior;
using Xunit;

namespace Ecart.MariaDb.Tests.Sql;

public sealed class DefaultSettingsTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The options of each domain that SQL scores.</summary>
    private static readonly Dictionary<string, object> Programs = new()
    {
        [TransactionEvent.DomainName] = TransactionOptions.Default,
        [NetworkFlow.DomainName] = NetworkOptions.Default,
        [UserBehaviorEvent.DomainName] = new UserBehaviorOptions(),
        ["iot"] = new { Outlook = new OutlookOptions() },
    };

    [Theory]
    [InlineData("transactions")]
    [InlineData("network")]
    [InlineData("user_behavior")]
    [InlineData("iot")]
    public async Task DomainDefaults_EveryNumber_EqualsTheProgramsDefault(string domain)
    {
        string text = (await database.QueryAsync("SELECT ecart_domain_defaults(@0) AS settings", domain))[0].Text("settings")!;
        JsonObject inSql = JsonNode.Parse(text)!.AsObject();
        JsonObject inProgram = JsonSerializer.SerializeToNode(Programs[domain], SnakeCase)!.AsObject();
        var differences = new List<string>();
        foreach ((string group, JsonNode? settings) in inSql)
        {
            if (settings is not JsonObject)
            {
                if (!JsonNode.DeepEquals(Plain(settings), Plain(inProgram[group])))
                    differences.Add($"{group}: {settings?.ToJsonString()} in SQL, {inProgram[group]?.ToJsonString()} in the program");
                continue;
            }

            foreach ((string name, JsonNode? value) in settings.AsObject())
            {
                string path = $"{group}.{name}";
                JsonNode? expected = inProgram[group]?[name];
                if (!JsonNode.DeepEquals(Plain(value), Plain(expected)))
                    differences.Add($"{path}: {value?.ToJsonString()} in SQL, {expected?.ToJsonString()} in the program");
            }
        }

        Assert.Empty(differences);
    }

    private static JsonNode? Plain(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? JsonValue.Create(double.Parse(value.ToJsonString())) : node;
}
