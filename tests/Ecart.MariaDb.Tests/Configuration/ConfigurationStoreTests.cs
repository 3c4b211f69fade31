using Ecart.MariaDb.Configuration;
using Ecart.MariaDb.Tests.Schema;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.MariaDb.Tests.Configuration;

public sealed class ConfigurationStoreTests(MariaDbFixture server) : IAsyncLifetime
{
    private const string Domain = "transactions";
    private ScratchDatabase database = null!;
    private ConfigurationStore store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await ScratchDatabase.MigrateAsync(server);
        store = new ConfigurationStore(database.ConnectionString);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task EnsureDefaultAsync_Repeated_KeepsTheFirst()
    {
        await store.EnsureDefaultAsync(Domain, """{"a": 1}""", Cancellation);
        ActiveConfiguration second = await store.EnsureDefaultAsync(Domain, """{"a": 2}""", Cancellation);

        Assert.Equal(new ActiveConfiguration(1, """{"a": 1}"""), second);
    }

    [Fact]
    public async Task EnsureDefaultAsync_ManyAtOnce_MakeOneVersion()
    {
        ActiveConfiguration[] active = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => store.EnsureDefaultAsync(Domain, $$"""{"a": {{i}}}""", Cancellation)));

        Assert.Single(active.Distinct());
        Assert.Equal(["1"], await database.QueryAsync("SELECT COUNT(*) FROM configuration_versions"));
    }

    [Fact]
    public async Task GetActiveAsync_NoVersion_IsNull() => Assert.Null(await store.GetActiveAsync(Domain, Cancellation));

    [Fact]
    public async Task AddVersionAsync_NotActivated_LeavesTheActiveOne()
    {
        await store.EnsureDefaultAsync(Domain, "{}", Cancellation);

        int version = await store.AddVersionAsync(Domain, """{"a": 2}""", "try", "ann", activate: false, Cancellation);

        Assert.Equal(2, version);
        Assert.Equal(1, (await store.GetActiveAsync(Domain, Cancellation))!.Version);
    }

    [Fact]
    public async Task AddVersionAsync_FirstOfItsDomain_IsActiveInAnyCase()
    {
        await store.AddVersionAsync(Domain, "{}", "first", "ann", activate: false, Cancellation);

        Assert.Equal(1, (await store.GetActiveAsync(Domain, Cancellation))!.Version);
    }

    [Fact]
    public async Task ActivateAsync_OlderVersion_ReturnsToItAndIsAudited()
    {
        await store.EnsureDefaultAsync(Domain, "{}", Cancellation);
        await store.AddVersionAsync(Domain, """{"a": 2}""", "try", "ann", activate: true, Cancellation);

        await store.ActivateAsync(Domain, 1, "worse than before", "bob", Cancellation);

        Assert.Equal(1, (await store.GetActiveAsync(Domain, Cancellation))!.Version);
        Assert.Equal(
            ["""bob activate transactions {"version":1,"reason":"worse than before"}"""],
            await database.QueryAsync("SELECT actor, action, subject_id, detail FROM audit_log ORDER BY audit_id DESC LIMIT 1"));
    }

    [Fact]
    public async Task ActivateAsync_UnknownVersion_ChangesNothing()
    {
        await store.EnsureDefaultAsync(Domain, "{}", Cancellation);

        await Assert.ThrowsAsync<ArgumentException>(() => store.ActivateAsync(Domain, 9, "wrong", cancellationToken: Cancellation));

        Assert.Equal(1, (await store.GetActiveAsync(Domain, Cancellation))!.Version);
    }

    [Fact]
    public async Task AddVersionAsync_ManyAtOnce_NumbersThemAndLeavesOneActive()
    {
        int[] versions = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => store.AddVersionAsync(Domain, $$"""{"a": {{i}}}""", "race", "ann", activate: true, Cancellation)));

        Assert.Equal(Enumerable.Range(1, 8), versions.Order());
        Assert.Equal(["8 1"], await database.QueryAsync("SELECT COUNT(*), SUM(is_active) FROM configuration_versions"));
    }

    [Fact]
    public async Task Insert_SecondActiveVersion_IsRefusedByTheTable()
    {
        await store.EnsureDefaultAsync(Domain, "{}", Cancellation);

        MySqlException exception = await Assert.ThrowsAsync<MySqlException>(() => database.ExecuteAsync(
            "INSERT INTO configuration_versions (domain, version, settings, is_active, reason, created_by) VALUES ('transactions', 2, '{}', 1, '', '')"));

        Assert.Equal(MySqlErrorCode.DuplicateKeyEntry, exception.ErrorCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("{\"a\": NaN}")]
    public async Task AddVersionAsync_NoJsonObject_IsRefused(string settings) =>
        await Assert.ThrowsAsync<ArgumentException>(() => store.AddVersionAsync(Domain, settings, "", "ann", true, Cancellation));
}
