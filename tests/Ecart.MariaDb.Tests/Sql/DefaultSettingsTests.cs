using System.Text.Json;
using System.Text.Json.Nodes;
using Ecart.Domains.Transactions;
using Xunit;

namespace Ecart.MariaDb.Tests.Sql;

public sealed class DefaultSettingsTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [Fact]
    public async Task DefaultSettings_EveryNumber_EqualsTheProgramsDefault()
    {
        string text = (await database.QueryAsync("SELECT ecart_default_settings() AS settings"))[0].Text("settings")!;
        JsonObject inSql = JsonNode.Parse(text)!.AsObject();
        JsonObject inProgram = JsonSerializer.SerializeToNode(TransactionOptions.Default, SnakeCase)!.AsObject();
        var differences = new List<string>();
        foreach ((string group, JsonNode? settings) in inSql)
        {
            foreach ((string name, JsonNode? value) in settings!.AsObject())
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
