using System.Globalization;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.App.Tests.Cluster;

/// <summary>Two nodes of a domain beside transactions: what one of them does not own, the other scores.</summary>
public sealed class DomainNodesTests(MariaDbFixture server)
{
    private const int Entities = 60;

    private static readonly DateTime Start = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("network", "network_connections")]
    [InlineData("user_behavior", "events")]
    [InlineData("iot", "iot_measurements")]
    public async Task Post_ToOneOfTwoNodes_IsStoredOnceByTheOwnerOfEachLane(string domain, string table)
    {
        string database = await server.CreateDatabaseAsync("nodes", Cancellation);
        using TestFolder folder = TestFolder.Create("nodes");
        using ServingNode first = ServingNode.Start(database, folder.Path, $"domain: {domain}\n");
        await first.OwnsAsync(64);
        using ServingNode second = ServingNode.Start(database, folder.Path, $"domain: {domain}\n");
        await second.OwnsAsync(32);

        await second.PostAsync([.. Enumerable.Range(0, 3 * Entities).Select(i => Body(domain, i % Entities, i / Entities))]);

        await using var connection = new MySqlConnection(database);
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand($"SELECT CONCAT(COUNT(*), ' ', COUNT(DISTINCT lane) > 32, ' ', MIN(score) IS NOT NULL) FROM {table}", connection);
        Assert.Equal($"{3 * Entities} 1 1", Convert.ToString(await command.ExecuteScalarAsync(Cancellation), CultureInfo.InvariantCulture));
    }

    private static string Body(string domain, int entity, int number)
    {
        string time = Start.AddMinutes((60 * number) + entity).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return domain switch
        {
            "network" => $$"""{"uid":"n{{entity}}-{{number}}","occurred_at":"{{time}}","source_ip":"10.0.0.{{entity + 1}}","destination_ip":"93.184.216.34","destination_port":443,"protocol":"tcp","state":"SF","bytes_out":900,"bytes_in":9000}""",
            "iot" => $$"""{"uid":"i{{entity}}-{{number}}","occurred_at":"{{time}}","device":"device{{entity}}","signal":"motor","measurement_type":"temperature","unit":"°C","value":{{60 + number}}}""",
            _ => $$"""{"uid":"u{{entity}}-{{number}}","occurred_at":"{{time}}","user":"user{{entity}}","event_type":"login","outcome":"success"}""",
        };
    }
}
