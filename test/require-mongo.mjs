/** Refuses to run the tests against MongoDB when no MongoDB is named: the embedded store would pass for it. */
if (!process.env.MONGODB_URI) {
  process.stderr.write(
    "MONGODB_URI is not set. Name a replica set whose databases the tests may make and drop,\n" +
      "for instance mongodb://localhost:27017/?replicaSet=rs0 (mongod --replSet rs0, initiated once).\n" +
      "Without it, npm test runs the same tests on the embedded store.\n",
  );
  process.exitCode = 2;
}
