using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Tests.Sql;
using Xunit;

namespace Ecart.MariaDb.Tests.Reading;

/// <summary>Exceptions by rule, from the table to the engine that compiles them.</summary>
public sealed class ExceptionRuleTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    [Fact]
    public async Task Read_ExceptionsWithRules_CompileInTheEngineOrAreNoted()
    {
        long right = await StoreAsync("amount > 10000 and hour between 2 and 5");
        long wrong = await StoreAsync("amuont > 10000");
        long empty = await StoreAsync("");
        long none = await StoreAsync(null);
        ReferencePatterns patterns = await new PatternStore(database.ConnectionString)
            .ReadAsync("transactions", TestContext.Current.CancellationToken);
        Assert.Equal([right, wrong, empty, none], patterns.Exceptions.Select(exception => exception.Id));
        Assert.Equal(
            ["amount > 10000 and hour between 2 and 5", "amuont > 10000", "", null],
            patterns.Exceptions.Select(exception => exception.RuleExpression));

        var engine = new TransactionEngine(TransactionOptions.Default) { Patterns = patterns };
        Assert.Equal([wrong, empty], engine.PatternNotices.Select(notice => notice.ExceptionId));
        Assert.Contains("Did you mean 'amount'?", engine.PatternNotices[0].ToString(), StringComparison.Ordinal);
    }

    private async Task<long> StoreAsync(string? expression)
    {
        double? id = await database.NumberAsync(
            """
            INSERT INTO anomaly_exceptions (domain, rule_expression, exception_type, reason, approved_by)
            VALUES ('transactions', @0, 'known_pattern', 'test', 'test') RETURNING exception_id
            """,
            expression);
        return (long)id!.Value;
    }
}
